package dev.sluice.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.connector.testing.SinkAcceptance;
import dev.sluice.sink.support.ManualClock;
import dev.sluice.sink.support.RefusingContext;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest extends SinkAcceptance {

  private static final String FIRST = "orders-0-00000000000000000000.jsonl";

  private final TestRecords records = TestRecords.of("orders");
  private final ManualClock clock = new ManualClock();
  @TempDir private Path folder;

  @Override
  protected SinkTask newTask() {
    return new FileSinkTask();
  }

  @Override
  protected FakeSinkContext working() {
    return context(Map.of("name", "{topic}/{partition}"));
  }

  @Override
  protected FakeSinkContext unreachable() {
    try {
      return context(Map.of("path", Files.createFile(folder.resolve("no-folder")) + "/x"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return TestRecords.at("orders", offset, key, value);
  }

  @Test
  void aFileGrowsAsPartAndGetsItsNameWhenClosed() throws Exception {
    try (FileSinkTask task = started(Map.of())) {
      task.put(List.of(records.next("a", "{\"id\":1}"), records.next("a", "{\n \"id\": 2.50\n}")));
      assertThat(files())
          .containsExactly(Map.entry(FIRST + ".part", "{\"id\":1}\n{\"id\":2.50}\n"));
      task.put(
          List.of(
              records.next("a", "two\nlines"),
              records.next(null, new byte[] {(byte) 0xff}, List.of()),
              records.next("a", null)));
    }
    assertThat(files())
        .containsExactly(
            Map.entry(FIRST, "{\"id\":1}\n{\"id\":2.50}\n\"two\\nlines\"\n\"/w==\"\nnull\n"));
  }

  @Test
  void anEnvelopeTellsTopicPartitionAndOffset() throws Exception {
    try (FileSinkTask task = started(Map.of("envelope", true))) {
      task.put(List.of(records.next("k", "{\"id\":1}")));
    }
    assertThat(files().get(FIRST))
        .isEqualTo(
            "{\"topic\":\"orders\",\"partition\":0,\"offset\":0,\"timestamp\":1700000000000,"
                + "\"key\":\"k\",\"value\":{\"id\":1},\"headers\":[]}\n");
  }

  @Test
  void rotatesBySizeAndByAge() throws Exception {
    try (FileSinkTask task = started(Map.of("rotate-size", "10B", "rotate-interval", "1m"))) {
      task.put(List.of(records.next("a", "\"0123456789\"")));
      task.put(List.of(records.next("a", "1")));
      assertThat(files().keySet())
          .containsExactly(FIRST, "orders-0-00000000000000000001.jsonl.part");
      task.idle();
      clock.advance(Duration.ofSeconds(59));
      task.idle();
      assertThat(files().keySet()).anyMatch(name -> name.endsWith(".part"));
      clock.advance(Duration.ofSeconds(1));
      task.idle();
      assertThat(files().keySet()).containsExactly(FIRST, "orders-0-00000000000000000001.jsonl");
    }
  }

  @Test
  void afterACrashTheTornLineIsCutOffAndTheFileCompleted() throws Exception {
    Files.writeString(folder.resolve(FIRST + ".part"), "{\"id\":1}\n{\"id\":2}\n{\"id\":");
    Files.writeString(folder.resolve("other-0-1.jsonl.part"), "torn");
    Files.writeString(folder.resolve("unrelated.part"), "mine");
    try (FileSinkTask task = started(Map.of())) {
      task.put(List.of(records.next("a", "1")));
    }
    assertThat(files())
        .containsOnly(
            Map.entry(FIRST, "{\"id\":1}\n{\"id\":2}\n"),
            Map.entry("orders-0-00000000000000000000.2.jsonl", "1\n"),
            Map.entry("unrelated.part", "mine"));
  }

  @Test
  void afterACrashACsvRecordThatSpansLinesIsCutOffAsAWhole() throws Exception {
    String name = "orders-0-00000000000000000000.csv";
    Files.writeString(folder.resolve(name + ".part"), "id,text\n1,\"a\nb\"\n2,\"c\nd");
    started(Map.of("format", "csv")).close();

    assertThat(files()).containsExactly(Map.entry(name, "id,text\n1,\"a\nb\"\n"));
  }

  @Test
  void aTaskLeavesTheOpenFilesOfAnotherAlone() throws Exception {
    try (FileSinkTask one = started(Map.of())) {
      one.put(List.of(records.next("a", "1")));
      try (FileSinkTask two = started(Map.of())) {
        two.put(List.of(TestRecords.of("orders", 1).next("b", "2")));
        one.put(List.of(records.next("a", "3")));
      }
    }
    assertThat(files())
        .containsOnly(
            Map.entry(FIRST, "1\n3\n"), Map.entry("orders-1-00000000000000000000.jsonl", "2\n"));
  }

  @Test
  void csvHasTheFieldsOfTheFirstRecordAndOtherFieldsBeginANewFile() throws Exception {
    FakeSinkContext context = context(Map.of("format", "csv"));
    try (FileSinkTask task = new FileSinkTask()) {
      task.start(context);
      task.put(
          List.of(
              records.next("a", "{\"id\":1,\"text\":\"a,\\\"b\\\"\\nc\",\"tags\":[1,2]}"),
              records.next("a", "{\"tags\":null,\"text\":\"x\",\"id\":2}"),
              records.next("a", null),
              records.next("a", "plain"),
              records.next("a", "{\"id\":3,\"colour\":\"red\"}")));
    }
    assertThat(files())
        .containsOnly(
            Map.entry(
                "orders-0-00000000000000000000.csv",
                "id,text,tags\n1,\"a,\"\"b\"\"\nc\",\"[1,2]\"\n2,x,\n"),
            Map.entry("orders-0-00000000000000000004.csv", "id,colour\n3,red\n"));
    assertThat(context.rejected()).extracting(r -> r.record().offset()).containsExactly(3L);
  }

  @Test
  void fieldsInNamesCannotLeaveTheFolder() throws Exception {
    try (FileSinkTask task = started(Map.of("name", "{key}/{value.day}"))) {
      task.put(
          List.of(
              records.next("../..", "{\"day\":\"/etc/passwd\"}"),
              records.next("a\u0000b", "{\"day\":\"..\"}")));
    }
    assertThat(files().keySet())
        .containsExactlyInAnyOrder(
            "__../_etc_passwd-0-00000000000000000000.jsonl", "a_b/_-0-00000000000000000001.jsonl");
  }

  @Test
  void keepsABoundedNumberOfFilesOpen() throws Exception {
    try (FileSinkTask task = started(Map.of("name", "{key}"))) {
      for (int i = 0; i < 200; i++) {
        task.put(List.of(records.next("k" + i, "1")));
      }
      assertThat(files().keySet()).filteredOn(name -> name.endsWith(".part")).hasSize(64);
    }
    assertThat(files()).hasSize(200);
  }

  @Test
  void aFailedPutIsTakenBack() throws Exception {
    FakeSinkContext context = context(Map.of("format", "csv"));
    List<SinkRecord> batch = List.of(records.next("a", "{\"id\":1}"), records.next("a", "plain"));
    try (FileSinkTask task = new FileSinkTask()) {
      task.start(new RefusingContext(context));
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> task.put(batch)).isInstanceOf(ConnectorException.class);
      }
      task.put(batch.subList(0, 1));
    }
    assertThat(files().values()).containsExactly("id\n1\n");
  }

  private FileSinkTask started(Map<String, Object> options) {
    FileSinkTask task = new FileSinkTask();
    task.start(context(options));
    return task;
  }

  private FakeSinkContext context(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(Map.of("path", folder.toString()));
    all.putAll(options);
    return TestContexts.of(new FileSinkType(), all, clock);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file, UTF_8));
      }
    }
    return files;
  }
}
