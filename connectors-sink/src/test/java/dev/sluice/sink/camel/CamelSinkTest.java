package dev.sluice.sink.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.connector.testing.SinkAcceptance;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelSinkTest extends SinkAcceptance {

  private final TestRecords records = TestRecords.of("orders");
  @TempDir private Path folder;

  @Override
  protected SinkTask newTask() {
    return new CamelSinkTask();
  }

  @Override
  protected FakeSinkContext working() {
    return TestContexts.of(
        new CamelSinkType(),
        Map.of(
            "to",
            "file:" + folder,
            "parameters",
            Map.of("fileName", "all", "fileExist", "Append", "allowNullBody", true)));
  }

  @Override
  protected FakeSinkContext unreachable() {
    return TestContexts.of(new CamelSinkType(), Map.of("to", "http://127.0.0.1:1/in"));
  }

  @Override
  protected SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return TestRecords.at("orders", offset, key, value);
  }

  @Test
  void sendsToAnEndpointWithParameters() throws Exception {
    put(
        Map.of(
            "to",
            "file:" + folder,
            "parameters",
            Map.of(
                "fileName",
                "${header.topic}-${header.partition}-${header.offset}-${header.key} & +.txt")),
        records.next("k", "{\"id\":1}"),
        records.next("k", "naïve"));

    assertThat(Files.readString(folder.resolve("orders-0-0-k & +.txt"))).isEqualTo("{\"id\":1}");
    assertThat(Files.readString(folder.resolve("orders-0-1-k & +.txt"))).isEqualTo("naïve");
  }

  @Test
  void runsTheStepsOfARoute() throws Exception {
    List<Object> route =
        List.of(
            Map.of(
                "filter",
                Map.of(
                    "simple",
                    "${body[celsius]} >= 30",
                    "steps",
                    List.of(
                        Map.of("setBody", Map.of("simple", "hot: ${body[celsius]}")),
                        Map.of(
                            "to",
                            Map.of(
                                "uri",
                                "file:" + folder,
                                "parameters",
                                Map.of("fileName", "${header.offset}.txt")))))));
    put(
        Map.of("route", route, "body", "decoded"),
        records.next("a", "{\"celsius\":29}"),
        records.next("a", "{\"celsius\":31}"));

    assertThat(folder.resolve("0.txt")).doesNotExist();
    assertThat(Files.readString(folder.resolve("1.txt"))).isEqualTo("hot: 31");
  }

  @Test
  void feedsAKamelet() throws Exception {
    FakeSinkContext context =
        put(
            Map.of("kamelet", "log-sink", "properties", Map.of("showHeaders", true)),
            records.next("a", "hello"));

    assertThat(context.rejected()).isEmpty();
  }

  @Test
  void aRecordThatCannotBeParsedIsRejectedAndTheOthersGoOn() throws Exception {
    List<Object> route =
        List.of(
            Map.of("unmarshal", Map.of("json", Map.of("library", "Jackson"))),
            Map.of("marshal", Map.of("json", Map.of("library", "Jackson"))),
            Map.of(
                "to",
                Map.of(
                    "uri",
                    "file:" + folder,
                    "parameters",
                    Map.of("fileName", "${header.offset}"))));
    FakeSinkContext context =
        put(
            Map.of("route", route),
            records.next("a", "{\"celsius\":29}"),
            records.next("a", "{broken"),
            records.next("a", "{\"celsius\":30}"));

    assertThat(context.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.record().offset()).isEqualTo(1);
              assertThat(rejected.error().code()).isEqualTo("camel-record-refused");
            });
    assertThat(folder.resolve("2")).exists();
  }

  @Test
  void aFailureAtTheOtherEndIsExternalAndTheNextPutSendsOnlyWhatIsMissing() throws Exception {
    Path done = Files.createDirectory(folder.resolve("done"));
    Path blocked = Files.createFile(folder.resolve("1"));
    List<Object> route =
        List.of(
            Map.of(
                "to",
                Map.of(
                    "uri",
                    "file:" + folder,
                    "parameters",
                    Map.of("fileName", "${header.offset}", "fileExist", "Fail"))));
    List<SinkRecord> batch = List.of(records.next("a", "x"), records.next("a", "y"));
    try (CamelSinkTask task = new CamelSinkTask()) {
      task.start(TestContexts.of(new CamelSinkType(), Map.of("route", route)));
      assertThatThrownBy(() -> task.put(batch))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL));
      Files.delete(blocked);
      // Were the first record sent again, its file, which is there, would make this fail.
      task.put(batch);
    }
    assertThat(Files.readString(folder.resolve("1"))).isEqualTo("y");
    assertThat(done).exists();
  }

  @Test
  void headersOfARecordCannotSteerCamel() throws Exception {
    byte[] evil = "evil.txt".getBytes(StandardCharsets.UTF_8);
    put(
        Map.of("to", "file:" + folder),
        records.next(
            null,
            new byte[] {'x'},
            List.of(new Header("CamelFileName", evil), new Header("cAmElFileName", evil))));

    assertThat(folder.toFile().list()).hasSize(1).doesNotContain("evil.txt");
  }

  @Test
  void aWrongEndpointIsAMistakeInTheOptionsAndItsSecretsStayHidden() {
    assertThatThrownBy(
            () ->
                put(
                    Map.of("to", "log:x", "parameters", Map.of("nonsense", "hunter2-hunter2")),
                    records.next("a", "b")))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.message()).contains("nonsense").doesNotContain("hunter2");
            });
  }

  private static FakeSinkContext put(Map<String, Object> options, SinkRecord... batch)
      throws Exception {
    FakeSinkContext context = TestContexts.of(new CamelSinkType(), options);
    try (CamelSinkTask task = new CamelSinkTask()) {
      task.start(context);
      task.put(List.of(batch));
    }
    return context;
  }
}
