package dev.sluice.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.source.support.SchemaOptions;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatsTest {

  @TempDir Path directory;

  @Test
  void defaultsOfSchemaAndCodeAgree() {
    assertThat(
            FileOptions.from(
                new Options(SchemaOptions.of(new FileSourceType(), Map.of("path", "/data")))))
        .isEqualTo(
            new FileOptions(
                Path.of("/data"),
                "*",
                FileOptions.Format.LINES,
                new FileOptions.Csv(',', true, List.of(), false),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                FileOptions.After.KEEP,
                Optional.empty(),
                new FileOptions.Limits(1 << 20, 10_000, 1 << 20),
                Duration.ofHours(1)));
  }

  @Test
  void lineEndsAndByteOrderMarkAreNoPartOfALine() throws Exception {
    FileSourceHarness source = read("\uFEFFa\r\nb\n\n\uFEFFc\r\rd\r\n", Map.of());
    assertThat(source.lines()).containsExactly("a", "b", "", "\uFEFFc\r\rd");
  }

  @Test
  void aByteOrderMarkThatIsHalfThereIsWaitedFor() throws Exception {
    Path file = directory.resolve("a");
    Files.write(file, new byte[] {(byte) 0xEF, (byte) 0xBB});
    FileSourceHarness source = new FileSourceHarness(Map.of("path", file.toString()));
    source.drain();
    Files.writeString(file, "\uFEFFa\n");
    source.look();
    assertThat(source.lines()).containsExactly("a");
    source.close();
  }

  @Test
  void whatIsNotUtf8IsRejectedWithItsPlace() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("good \u00e4\u20ac\ud83d\ude00\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("bad \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    bytes.write("cut \u20ac".getBytes(StandardCharsets.UTF_8), 0, 6);
    bytes.writeBytes("\ngood again\n".getBytes(StandardCharsets.UTF_8));
    FileSourceHarness source = readBytes(bytes.toByteArray(), Map.of());
    assertThat(source.lines()).containsExactly("good \u00e4\u20ac\ud83d\ude00", "good again");
    assertThat(source.rejections()).containsExactly("not-utf-8 2", "not-utf-8 3");
    assertThat(source.rejected.getFirst().raw())
        .isEqualTo("bad \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(source.rejected.getFirst().place())
        .containsEntry("file", directory.resolve("a").toString());
    assertThat(source.rejected.getFirst().error().message()).contains("Line 2", "byte 5");
  }

  @Test
  void aLineThatIsTooLongIsRejectedAndTheRestGoesOn() throws Exception {
    FileSourceHarness source =
        read(
            "a\n" + "x".repeat(1000) + "\nb\n" + "y".repeat(3_000_000) + "\nc\n",
            Map.of("max-line-size", "999B"));
    assertThat(source.lines()).containsExactly("a", "b", "c");
    assertThat(source.rejections()).containsExactly("line-too-long 2", "line-too-long 4");
    assertThat(source.rejected.get(1).raw()).hasSize(64 * 1024);
    assertThat(source.rejected.get(1).error().message()).contains("3000000 bytes");
  }

  @Test
  void aLineThatIsTooLongAndNotFinishedIsWaitedForFromItsBeginning() throws Exception {
    Path file = directory.resolve("a");
    Files.writeString(file, "a\n" + "x".repeat(600_000));
    FileSourceHarness source =
        new FileSourceHarness(Map.of("path", file.toString(), "max-line-size", "1KiB"));
    source.drain();
    source.start();
    source.drain();
    Files.writeString(file, "\nb\n", java.nio.file.StandardOpenOption.APPEND);
    source.look();
    assertThat(source.lines()).containsExactly("a", "b");
    assertThat(source.rejections()).containsExactly("line-too-long 2");
    assertThat(source.rejected.getFirst().error().message()).contains("600000 bytes");
    source.close();
  }

  @Test
  void aLineAsLongAsAllowedIsRead() throws Exception {
    String line = "x".repeat(1 << 20);
    FileSourceHarness source = read("a\n" + line + "\nb\n", Map.of());
    assertThat(source.lines()).containsExactly("a", line, "b");
  }

  @Test
  void csvRecordsBecomeObjects() throws Exception {
    FileSourceHarness source =
        read(
            "\uFEFFid;\"full name\";note\r\n1;Ann;\"two\r\nlines; and \"\"quotes\"\"\"\r\n\r\n2;B\u00f6b;\r\n",
            Map.of("format", "csv", "delimiter", ";"));
    assertThat(source.values())
        .containsExactly(
            Map.of("id", "1", "full name", "Ann", "note", "two\r\nlines; and \"quotes\""),
            Map.of("id", "2", "full name", "B\u00f6b", "note", ""));
    assertThat(source.rejected).isEmpty();
  }

  @Test
  void malformedCsvIsRejectedWithItsPlaceAndTheRestGoesOn() throws Exception {
    FileSourceHarness source =
        read(
            "id,name\n1,a\n2\n3,\"c\"x\n4,\"two\nlines\"\n5,e,f\n6,\"stray\n7,g\n8,\"h\"\n9,i\n",
            Map.of("format", "csv"));
    assertThat(source.values())
        .containsExactly(
            Map.of("id", "1", "name", "a"),
            Map.of("id", "4", "name", "two\nlines"),
            Map.of("id", "7", "name", "g"),
            Map.of("id", "8", "name", "h"),
            Map.of("id", "9", "name", "i"));
    assertThat(source.rejections())
        .containsExactly("csv-columns 3", "csv-malformed 4", "csv-columns 7", "csv-malformed 8");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsOnlyItsLine() throws Exception {
    FileSourceHarness source =
        read(
            "id,name\n1,\"open\n" + "2,b\n".repeat(1000),
            Map.of("format", "csv", "max-line-size", "1KiB"));
    assertThat(source.records).hasSize(1000);
    assertThat(source.rejections()).containsExactly("csv-malformed 2");
  }

  @Test
  void recordsUnderAMalformedHeaderAreRejected() throws Exception {
    FileSourceHarness source = read("id,id\n1,2\n3,4\n", Map.of("format", "csv"));
    assertThat(source.records).isEmpty();
    assertThat(source.rejections()).containsExactly("csv-header 1", "csv-header 2", "csv-header 3");
  }

  @Test
  void csvWithoutHeaderUsesTheColumnsOrBecomesLists() throws Exception {
    assertThat(
            read("1,a\n", Map.of("format", "csv", "header", false, "columns", List.of("x", "y")))
                .values())
        .containsExactly(Map.of("x", "1", "y", "a"));
    assertThat(read("1,a\n", Map.of("format", "csv", "header", false)).values())
        .containsExactly(List.of("1", "a"));
  }

  @Test
  void typesAreInferredWhenAskedFor() throws Exception {
    FileSourceHarness source =
        read("a,b,c,d,e,f\n1,-2.50,007,true,x,\n", Map.of("format", "csv", "types", "infer"));
    assertThat(source.values())
        .containsExactly(
            Map.of(
                "a",
                BigDecimal.ONE,
                "b",
                new BigDecimal("-2.50"),
                "c",
                "007",
                "d",
                true,
                "e",
                "x",
                "f",
                ""));
  }

  @Test
  void restartKnowsTheHeaderAgain() throws Exception {
    Path file = directory.resolve("a");
    Files.writeString(file, "\n\"i\nd\",name\n1,a\n2,b\n");
    FileSourceHarness source =
        new FileSourceHarness(Map.of("path", file.toString(), "format", "csv", "batch-records", 1));
    assertThat(source.poll()).isPresent();
    source.start();
    source.drain();
    assertThat(source.values())
        .containsExactly(Map.of("i\nd", "1", "name", "a"), Map.of("i\nd", "2", "name", "b"));
    source.close();
  }

  @Test
  void jsonLinesAreCheckedAndKeptAsTheyAre() throws Exception {
    FileSourceHarness source =
        read(
            "{ \"a\": 1.50 }\n\nnot json\n[1,\n{}{}\n\"text\"\r\n{\"a\":\u00e4}\n 7 \n",
            Map.of("format", "json-lines"));
    assertThat(source.lines()).containsExactly("{ \"a\": 1.50 }", "\"text\"", " 7 ");
    assertThat(source.rejections())
        .containsExactly(
            "json-malformed 3", "json-malformed 4", "json-malformed 5", "json-malformed 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "\"", "\u00e4"})
  void aDelimiterThatIsNoneIsRefused(String delimiter) {
    assertRefused(Map.of("path", "/data", "delimiter", delimiter), "'delimiter'");
  }

  @Test
  void aPatternThatIsNoGlobIsRefused() {
    assertRefused(Map.of("path", "/data", "pattern", "{a"), "'pattern' is no glob");
  }

  @Test
  void columnsBesideAHeaderAreRefused() {
    assertRefused(Map.of("path", "/data", "columns", List.of("a")), "'columns' is set");
  }

  @Test
  void movingNeedsATarget() {
    assertRefused(Map.of("path", "/data", "after", "move"), "'move-to' is missing");
  }

  private static void assertRefused(Map<String, Object> given, String message) {
    FileSourceType type = new FileSourceType();
    assertThatThrownBy(() -> type.check(new Options(SchemaOptions.of(type, given))))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(message);
  }

  private FileSourceHarness read(String text, Map<String, Object> options) throws Exception {
    return readBytes(text.getBytes(StandardCharsets.UTF_8), options);
  }

  private FileSourceHarness readBytes(byte[] bytes, Map<String, Object> given) throws Exception {
    Path file = directory.resolve("a");
    Files.write(file, bytes);
    Map<String, Object> options = new HashMap<>(given);
    options.put("path", file.toString());
    try (FileSourceHarness source = new FileSourceHarness(options)) {
      source.drain();
      return source;
    }
  }
}
