package dev.sluice.gateway.log.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.DamagedOffsets;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Unreadable;
import dev.sluice.log.LogMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes on disk that are not what was written. */
class DamagedPlaceTest {

  private static final TopicPartition T = new TopicPartition("t", 0);
  private static final int READ_BYTES = 1 << 20;

  @TempDir private Path directory = Path.of(".");

  @Test
  void isAPlaceAndNotTheWholePartition() throws IOException {
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE)) {
      var unused = new EmbeddedTopics(broker).create("t", 1, TopicSettings.DEFAULT);
      Records records = new EmbeddedRecords(broker);
      append(records, "before");
      append(records, "rotten", "rotten, too");
      append(records, "behind");
      damage("rotten, too");

      assertThat(records.read(T, 0, 10, READ_BYTES).nextOffset()).isEqualTo(1);
      assertThat(records.read(T, 3, 10, READ_BYTES).records()).hasSize(1);
      assertThatExceptionOfType(LogException.class)
          .isThrownBy(() -> records.read(T, 1, 10, READ_BYTES))
          .satisfies(
              failed -> {
                assertThat(failed.code()).isEqualTo(LogException.Code.PLACE_DAMAGED);
                Unreadable damage = DamagedOffsets.from(records, T, 1, 4, failed);
                assertThat(damage.nextOffset()).isEqualTo(3);
                assertThat(DamagedOffsets.before(records, T, 0, 3, failed)).isEqualTo(damage);
              });
    }
  }

  private static void append(Records records, String... values) {
    var unused =
        records
            .append(
                T,
                Stream.of(values)
                    .map(value -> new NewRecord(1, null, value.getBytes(UTF_8), List.of()))
                    .toList())
            .join();
  }

  private void damage(String value) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        int at =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                .indexOf(value);
        if (at >= 0) {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var unused = channel.write(ByteBuffer.wrap(new byte[] {'R'}), at);
          }
        }
      }
    }
  }
}
