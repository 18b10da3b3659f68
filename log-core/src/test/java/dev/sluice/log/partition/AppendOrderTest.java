package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static dev.sluice.log.partition.TestLog.values;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.RecordBatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppendOrderTest {

  private static final long SEED = 20260301;

  private final TestLog test = new TestLog();
  private final AppendOrder order = new AppendOrder();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void nothingIsStoredBehindAFailedAppendUntilItsCallerResumes() {
    PartitionLog log = test.open();
    test.storage.setCapacity(test.storage.usedBytes() + 500);
    assertThat(failure(append(log, "y".repeat(1000))).code()).isEqualTo(Code.DISK_FULL);

    assertThat(failure(append(log, "overtakes")).code()).isEqualTo(Code.PREDECESSOR_FAILED);
    assertThat(values(log)).isEmpty();
    assertThat(test.append(log, "of another").join().baseOffset()).isZero();

    test.storage.setCapacity(Long.MAX_VALUE);
    order.resume();
    assertThat(append(log, "in order").join().baseOffset()).isEqualTo(1);
  }

  @Test
  void anAppendThatIsRefusedBeforeItIsQueuedHoldsBackThoseBehindIt() {
    PartitionLog log = test.open();
    int tooLarge = log.settings().maxBatchBytes() + 1;
    assertThat(failure(append(log, "y".repeat(tooLarge))).code()).isEqualTo(Code.TOO_LARGE);
    assertThat(failure(append(log, "overtakes")).code()).isEqualTo(Code.PREDECESSOR_FAILED);
    assertThat(values(log)).isEmpty();
  }

  @Test
  void whatIsStoredOfManyAppendsUnderWayIsAlwaysTheFirstOfThem() {
    Random random = new Random(SEED);
    PartitionLog log = test.open();
    for (int round = 0; round < 200; round++) {
      List<String> before = values(log);
      List<String> sent = new ArrayList<>();
      List<CompletableFuture<AppendResult>> appends = new ArrayList<>();
      test.storage.setCapacity(test.storage.usedBytes() + random.nextInt(4000));
      for (int i = 0; i < 20; i++) {
        String value = round + "-" + i + "-" + "z".repeat(random.nextBoolean() ? 10 : 900);
        sent.add(value);
        appends.add(append(log, value));
      }
      appends.forEach(append -> append.handle((result, failure) -> 0).join());

      List<String> after = values(log);
      List<String> stored = after.subList(before.size(), after.size());
      assertThat(stored)
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(sent.subList(0, stored.size()));
      test.storage.setCapacity(Long.MAX_VALUE);
      order.resume();
    }
  }

  private CompletableFuture<AppendResult> append(PartitionLog log, String value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(0, null, value.getBytes(UTF_8));
    return log.append(builder, order);
  }
}
