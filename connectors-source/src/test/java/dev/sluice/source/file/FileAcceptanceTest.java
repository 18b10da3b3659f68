package dev.sluice.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceType;
import dev.sluice.connector.testing.SourceAcceptance;
import dev.sluice.source.support.SchemaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileAcceptanceTest {

  /** A tailed file of lines, with lines that reach over the ends of the reader's chunks. */
  @Nested
  class TailedLines extends SourceAcceptance {

    @TempDir Path directory;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
      Random random = new Random(7);
      for (int i = 0; i < 2000; i++) {
        lines.add(i + "\u00e9".repeat(random.nextInt(600)));
      }
      Files.writeString(directory.resolve("a.log"), String.join("\r\n", lines) + "\n");
    }

    @Override
    protected SourceType type() {
      return new FileSourceType();
    }

    @Override
    protected Map<String, Object> options() {
      return SchemaOptions.of(
          type(),
          Map.of(
              "path",
              directory.resolve("a.log").toString(),
              "batch-size",
              "50KiB",
              "interval",
              "0ms"));
    }

    @Override
    protected List<String> expected() {
      return lines;
    }

    @Override
    protected String describe(SourceRecord record) {
      return FileSourceHarness.text(record);
    }
  }

  /** A directory of CSV files that are deleted when they are done. */
  @Nested
  class CsvDirectory extends SourceAcceptance {

    @TempDir Path directory;
    private final List<String> rows = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
      Random random = new Random(7);
      for (int file = 0; file < 3; file++) {
        StringBuilder text = new StringBuilder("id,text\n");
        for (int i = 0; i < 700; i++) {
          String id = file + "-" + i;
          String field = "quoted,\n\"\u20ac\" ".repeat(random.nextInt(60)) + "end";
          text.append(id).append(",\"").append(field.replace("\"", "\"\"")).append("\"\n");
          rows.add(id + " " + field.hashCode());
        }
        Path path = directory.resolve(file + ".csv");
        Files.writeString(path, text);
        Files.setLastModifiedTime(
            path, java.nio.file.attribute.FileTime.fromMillis(1_000_000L * (file + 1)));
      }
    }

    @Override
    protected SourceType type() {
      return new FileSourceType();
    }

    @Override
    protected Map<String, Object> options() {
      Map<String, Object> given = new HashMap<>();
      given.put("path", directory.toString());
      given.put("format", "csv");
      given.put("batch-records", 250);
      given.put("interval", "0ms");
      given.put("settle", "0ms");
      given.put("after", "delete");
      return SchemaOptions.of(type(), given);
    }

    @Override
    protected List<String> expected() {
      return rows;
    }

    @Override
    protected String describe(SourceRecord record) {
      return record.value() instanceof Map<?, ?> map
          ? map.get("id") + " " + String.valueOf(map.get("text")).hashCode()
          : "?";
    }

    @Override
    protected Object upstream() throws IOException {
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> all = files.sorted().toList();
        assertThat(all).isNotEmpty();
        return all;
      }
    }
  }
}
