package dev.sluice.gateway.connect.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionerTest {

  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "a-little-bit-long-string, -985981536",
    "a-little-bit-longer-string, -1486304829",
    "abc, 479470107"
  })
  void hashesAsKafkaDoes(String key, int hash) {
    assertThat(Partitioner.murmur2(key.getBytes(UTF_8))).isEqualTo(hash);
  }

  @Test
  void choosesThePartitionThatKafkasProducersChoose() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      int partitions = 1 + random.nextInt(50);
      assertThat(Partitioner.partition(key, partitions))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(Utils.toPositive(Utils.murmur2(key)) % partitions);
    }
  }
}
