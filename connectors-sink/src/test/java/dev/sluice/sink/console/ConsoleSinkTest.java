package dev.sluice.sink.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {

  private final TestRecords records = TestRecords.of("temperatures");

  @Test
  void textIsForPeople() {
    assertThat(
            print(
                Map.of(),
                records.next("k", "{\"celsius\":30.50}"),
                records.next(null, "plain text"),
                records.next("k", null)))
        .isEqualTo(
            """
            temperatures-0@0 k {"celsius":30.50}
            temperatures-0@1 - plain text
            temperatures-0@2 k -
            """);
  }

  @Test
  void jsonHoldsEverything() {
    byte[] bytes = {(byte) 0xff, 0};
    assertThat(
            print(
                Map.of("format", "json"),
                records.next(null, bytes, List.of(new Header("h", bytes), Header.of("h", "é")))))
        .isEqualTo(
            """
            {"topic":"temperatures","partition":0,"offset":0,"timestamp":1700000000000,"key":null,\
            "value":"/wA=","headers":[{"key":"h","value":"/wA="},{"key":"h","value":"é"}]}
            """);
  }

  @Test
  void aValueCanNeitherForgeALineNorSteerTheTerminal() {
    assertThat(print(Map.of("format", "value"), records.next(null, "a\nb\u001b[2J")))
        .isEqualTo("a\\u000ab\\u001b[2J\n");
  }

  @Test
  void aClosedOutputIsAnExternalFailure() {
    PrintStream closed =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);
    ConsoleSinkTask task = new ConsoleSinkTask(closed);
    task.start(TestContexts.of(new ConsoleSinkType(), Map.of()));

    assertThatThrownBy(() -> task.put(List.of(records.next("k", "v"))))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL));
  }

  private static String print(
      Map<String, Object> options, dev.sluice.connector.SinkRecord... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConsoleSinkTask task =
        new ConsoleSinkTask(new PrintStream(bytes, false, StandardCharsets.UTF_8));
    task.start(TestContexts.of(new ConsoleSinkType(), options));
    task.put(List.of(records));
    task.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
