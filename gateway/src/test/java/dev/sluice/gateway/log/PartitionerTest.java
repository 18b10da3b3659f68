package dev.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class PartitionerTest {

  @Test
  void hashesAsKafkaDoes() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      assertThat(Partitioner.murmur2(key))
          .as("seed %d, key %d", seed, i)
          .isEqualTo(Utils.murmur2(key));
    }
  }

  @Test
  void putsAKeyWhereKafkaClientsLookForIt() {
    byte[] key = "customer-17".getBytes(StandardCharsets.UTF_8);
    assertThat(Partitioner.partition(key, 12)).isEqualTo(Utils.toPositive(Utils.murmur2(key)) % 12);
    assertThat(Partitioner.partition(key, 1)).isZero();
  }
}
