package dev.sluice.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the runtime expects of any sink. A sink's test extends this and says what is its own. */
public abstract class SinkAcceptance {

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "null",
          "{}",
          "[]",
          "0",
          "{\"id\":1,\"name\":null}",
          "{\"id\":2,\"name\":\"'; DROP TABLE orders; --\"}",
          "{\"id\":3,\"na\\\"me'; --\":\"${env:HOME} {{secret}} {topic} %s $1 \\u0007\"}",
          "{\"id\":4,\"name\":\"" + "x".repeat(10_000) + "\"}",
          "{\"id\":{\"nested\":[1,{\"deep\":true}]},\"name\":\"line\\nfeed \\uD83D\\uDE00\"}",
          "../../../etc/passwd",
          "{\"id\":1e400,\"name\":\"a,\\\"b\\\";c\\r\\n\"}",
          "<script>alert(1)</script>\r\nX-Injected: 1");

  /** A task that has not been started. */
  protected abstract SinkTask newTask();

  /** A context with options that work; the same target for all calls within a test. */
  protected abstract FakeSinkContext working();

  /** A context whose target can't be reached or written to. */
  protected abstract FakeSinkContext unreachable();

  /** A record as the runtime makes it, of partition 0 of one topic. */
  protected abstract SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value);

  @Test
  void takesTheSameBatchTwice() throws Exception {
    List<SinkRecord> batch = List.of(record(0, "{\"id\":1}"), record(1, "{\"id\":2}"));
    FakeSinkContext context = working();
    try (SinkTask task = newTask()) {
      task.start(context);
      task.put(batch);
      task.put(batch);
    }
    try (SinkTask afterRestart = newTask()) {
      afterRestart.start(context);
      afterRestart.put(batch);
    }
    assertThat(context.rejected()).isEmpty();
  }

  @Test
  void writesOrRejectsEveryRecordHoweverHostile() throws Exception {
    List<SinkRecord> batch = new ArrayList<>();
    for (String hostile : HOSTILE) {
      byte[] bytes = hostile.getBytes(StandardCharsets.UTF_8);
      batch.add(record(batch.size(), bytes, bytes));
    }
    byte[] notText = {(byte) 0xff, 0, 13, 10, (byte) 0xfe};
    batch.add(record(batch.size(), notText, notText));
    batch.add(record(batch.size(), null, notText));
    batch.add(record(batch.size(), null, null));
    batch.add(record(batch.size(), "{\"id\":1}".getBytes(StandardCharsets.UTF_8), null));
    FakeSinkContext context = working();
    try (SinkTask task = newTask()) {
      task.start(context);
      task.put(batch);
      task.idle();
    }
    assertThat(context.rejected())
        .allSatisfy(
            rejected -> assertThat(rejected.error().category()).isEqualTo(ErrorCategory.DATA))
        .extracting(rejected -> rejected.record().offset())
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsWhoCanMendAnUnreachableTargetAndClosesAfterwards() {
    FakeSinkContext context = unreachable();
    SinkTask task = newTask();
    Throwable failure =
        catchThrowable(
            () -> {
              task.start(context);
              task.put(List.of(record(0, "{\"id\":1}")));
            });
    assertThat(failure)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e ->
                assertThat(Set.of(ErrorCategory.EXTERNAL, ErrorCategory.RESOURCE))
                    .contains(e.category()));
    assertThat(context.rejected()).isEmpty();
    assertThatCode(task::close).doesNotThrowAnyException();
  }

  @Test
  void closesWithoutAStart() {
    assertThatCode(newTask()::close).doesNotThrowAnyException();
  }

  private SinkRecord record(long offset, String keyAndValue) {
    byte[] bytes = keyAndValue.getBytes(StandardCharsets.UTF_8);
    return record(offset, bytes, bytes);
  }
}
