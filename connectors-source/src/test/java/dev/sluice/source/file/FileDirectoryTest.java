package dev.sluice.source.file;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDirectoryTest {

  @TempDir Path directory;
  private FileSourceHarness source;

  @BeforeEach
  void setUp() {
    source = with(Map.of());
  }

  private FileSourceHarness with(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(Map.of("path", directory.toString()));
    all.putAll(options);
    return new FileSourceHarness(all);
  }

  @AfterEach
  void tearDown() throws Exception {
    source.close();
  }

  @Test
  void filesAreReadOldestFirst() throws Exception {
    write("a", "3\n", 10);
    write("b", "1\n", 30);
    write("c", "2\n", 20);
    source.drain();
    write("d", "4\n", 0);
    source.look();
    assertThat(source.lines()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void onlyFilesThatMatchAreRead() throws Exception {
    source = with(Map.of("pattern", "*.log"));
    write("a.log", "a\n", 0);
    write("b.txt", "b\n", 0);
    write(".c.log", "c\n", 0);
    Files.createDirectory(directory.resolve("d.log"));
    source.settle();
    assertThat(source.lines()).containsExactly("a");
  }

  @Test
  void theLastLineIsReadOnceTheFileHasSettled() throws Exception {
    write("a", "1\n2", 0);
    source.drain();
    assertThat(source.lines()).containsExactly("1");
    Files.writeString(directory.resolve("a"), "+", APPEND);
    source.look();
    assertThat(source.lines()).containsExactly("1");
    source.settle();
    assertThat(source.lines()).containsExactly("1", "2+");
    source.start();
    source.settle();
    assertThat(source.lines()).containsExactly("1", "2+");
  }

  @Test
  void emptyFilesBringNothing() throws Exception {
    write("a", "", 0);
    source.settle();
    assertThat(source.records).isEmpty();
    assertThat(source.positions().list()).isEmpty();
  }

  @Test
  void aRenamedFileIsNotReadAgain() throws Exception {
    source = with(Map.of("pattern", "*.log"));
    write("a.log", "1\n", 0);
    source.drain();
    Files.writeString(directory.resolve("a.log"), "2\n", APPEND);
    Files.move(directory.resolve("a.log"), directory.resolve("a.log.1"));
    write("a.log", "3\n", -10);
    source.look();
    source.start();
    source.drain();
    assertThat(source.lines()).containsExactly("1", "2", "3");
  }

  @Test
  void aFileDroppedAgainUnderItsOldNameIsReadAgain() throws Exception {
    write("a", "1\n", 10);
    assumeThat(FileFacts.of(directory.resolve("a")).orElseThrow().created())
        .as("the time of creation, which JDK 21 can't tell")
        .isNotNull();
    source.drain();
    source.close();
    Files.delete(directory.resolve("a"));
    write("a", "1\n", 5);
    source.look();
    assertThat(source.lines()).containsExactly("1", "1");
  }

  @Test
  void aFileWrittenAnewIsReadFromItsBeginning() throws Exception {
    write("a", "1\n2\n", 10);
    source.drain();
    write("a", "3\n4\n", 5);
    source.look();
    source.start();
    source.drain();
    assertThat(source.lines()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aFinishedFileIsDeletedOnceItIsDurable() throws Exception {
    source = with(Map.of("after", "delete"));
    write("a", "1\n2", 0);
    write("empty", "", 0);
    while (source.pollWithoutAcknowledging().isPresent()) {
      // Goes on.
    }
    for (int i = 0; i < 6; i++) {
      source.passTime(Duration.ofMillis(500));
      while (source.pollWithoutAcknowledging().isPresent()) {
        // Goes on.
      }
    }
    assertThat(source.lines()).containsExactly("1", "2");
    assertThat(names()).containsExactly("a", "empty");

    source.records.clear();
    source.start();
    source.settle();
    assertThat(source.lines()).containsExactly("1", "2");
    assertThat(names()).isEmpty();
    source.look();
    assertThat(source.positions().list()).isEmpty();
  }

  @Test
  void aFinishedFileThatHasGrownIsReadOnInsteadOfDeleted() throws Exception {
    source = with(Map.of("after", "delete"));
    write("a", "1\n", 0);
    source.drain();
    FileFacts facts = FileFacts.of(directory.resolve("a")).orElseThrow();
    FilePosition finished =
        FilePosition.startOf(facts).movedTo(2, 2, Fingerprint.NONE).asFinished();
    Files.writeString(directory.resolve("a"), "2\n", APPEND);
    FinishedFiles.dispose(
        finished,
        FileOptions.from(
            new dev.sluice.connector.Options(
                dev.sluice.source.support.SchemaOptions.of(
                    new FileSourceType(),
                    Map.of("path", directory.toString(), "after", "delete")))));
    assertThat(names()).containsExactly("a");
    source.look();
    assertThat(source.lines()).containsExactly("1", "2");
  }

  @Test
  void aFinishedFileIsMovedWithoutOverwriting() throws Exception {
    source = with(Map.of("after", "move", "move-to", "done"));
    write("a", "1\n", 0);
    source.settle();
    source.settle();
    write("a", "2\n", -10);
    source.settle();
    source.settle();
    assertThat(source.lines()).containsExactly("1", "2");
    assertThat(names()).containsExactly("done");
    assertThat(directory.resolve("done/a")).hasContent("1");
    assertThat(directory.resolve("done/a.1")).hasContent("2");
  }

  @Test
  void positionsOfFilesThatAreGoneAreForgottenAfterAWhile() throws Exception {
    write("a", "1\n", 0);
    source.drain();
    Files.delete(directory.resolve("a"));
    source.look();
    assertThat(source.positions().list()).hasSize(1);
    source.passTime(Duration.ofHours(1));
    source.drain();
    assertThat(source.positions().list()).isEmpty();
  }

  @Test
  void severalTasksShareTheFiles() throws Exception {
    for (int i = 0; i < 20; i++) {
      write("f" + i, i + "\n", 0);
    }
    FileSourceHarness second = new FileSourceHarness(Map.of("path", directory.toString()), 1, 2);
    source = new FileSourceHarness(Map.of("path", directory.toString()), 0, 2);
    source.drain();
    second.drain();
    second.close();
    assertThat(Stream.concat(source.lines().stream(), second.lines().stream()))
        .hasSize(20)
        .doesNotHaveDuplicates();
  }

  private void write(String name, String text, long secondsAgo) throws Exception {
    Path file = directory.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
