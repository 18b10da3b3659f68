package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionLogTest {

  @TempDir Path directory;
  private final FlushService flusher = new FlushService(2, 64 << 20);
  private final LogServices services =
      new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE);

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  @Test
  void readsBackWhatWasAppendedAcrossRollsAndReopening() {
    PartitionSettings settings = PartitionSettings.DEFAULT.withSegments(2_000, Duration.ofDays(1));
    List<String> expected = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      try (PartitionLog log = PartitionLog.open(services, "t-0", directory, settings)) {
        assertThat(log.highWatermark()).isEqualTo(expected.size());
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (int i = 0; i < 50; i++) {
          builder.reset();
          for (int j = 0; j <= i % 5; j++) {
            String value = "value " + expected.size();
            expected.add(value);
            builder.append(1000L + expected.size(), null, value.getBytes(UTF_8));
          }
          AppendResult result = log.append(builder).join();
          assertThat(result.lastOffset()).isEqualTo(expected.size() - 1L);
        }
        assertThat(readAll(log)).isEqualTo(expected);
        assertThat(log.offsetForTimestamp(1000L + 120))
            .isEqualTo(java.util.Optional.of(new TimestampedOffset(119, 1120)));
      }
    }
  }

  private static List<String> readAll(PartitionLog log) {
    List<String> values = new ArrayList<>();
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 500);
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          if (record.offset() >= offset) {
            assertThat(record.offset()).isEqualTo(values.size());
            values.add(new String(record.valueBytes(), UTF_8));
          }
        }
      }
      offset = result.nextOffset();
    }
    return values;
  }
}
