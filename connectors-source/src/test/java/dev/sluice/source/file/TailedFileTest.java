package dev.sluice.source.file;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SourcePosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names a, b, c … of lines tell the order in which they were written. */
class TailedFileTest {

  @TempDir Path directory;
  private Path log;
  private FileSourceHarness source;

  @BeforeEach
  void setUp() {
    log = directory.resolve("app.log");
    source = new FileSourceHarness(Map.of("path", log.toString()));
  }

  @AfterEach
  void tearDown() throws Exception {
    source.close();
  }

  @Test
  void linesAreReadAsTheyAreWritten() throws Exception {
    append("a\nb\n");
    source.drain();
    append("c\n");
    source.look();
    assertThat(source.lines()).containsExactly("a", "b", "c");
    assertThat(source.records.getFirst().attributes())
        .containsEntry("file.name", "app.log")
        .containsEntry("file.path", log.toString());
    assertThat(source.records.getFirst().headers()).isEmpty();
  }

  @Test
  void aLineIsReadWhenItsEndIsWritten() throws Exception {
    append("a\nbe");
    source.drain();
    source.settle();
    assertThat(source.lines()).containsExactly("a");
    append("gin\n");
    source.look();
    assertThat(source.lines()).containsExactly("a", "begin");
  }

  @Test
  void restartGoesOnBehindTheLastLine() throws Exception {
    append("a\nb\nhal");
    source.drain();
    source.start();
    append("f\nc\n");
    source.drain();
    assertThat(source.lines()).containsExactly("a", "b", "half", "c");
    assertThat(offset()).containsEntry("offset", 11).containsEntry("line", 5);
  }

  @Test
  void aRotatedFileIsReadToItsEndBeforeTheNewOne() throws Exception {
    append("a\n");
    source.drain();
    append("b\n");
    rotate("app.log.1");
    Files.writeString(directory.resolve("app.log.1"), "c\nlast", APPEND);
    append("d\n");
    source.look();
    Files.writeString(directory.resolve("app.log.1"), " one", APPEND);
    source.settle();
    append("e\n");
    source.look();
    assertThat(source.lines()).containsExactly("a", "b", "c", "last one", "d", "e");
  }

  @Test
  void aRotationDuringAStopIsMadeUpFor() throws Exception {
    append("a\n");
    source.drain();
    source.close();
    append("b\n");
    rotate("app.log.1");
    append("c\n");
    source.settle();
    assertThat(source.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void severalRotationsDuringAStopAreMadeUpForInOrder() throws Exception {
    Files.writeString(directory.resolve("app.log.2"), "too old\n");
    age("app.log.2", 100);
    append("a\n");
    source.drain();
    source.close();
    append("b\n");
    Files.move(directory.resolve("app.log.2"), directory.resolve("app.log.4"));
    rotate("app.log.3");
    age("app.log.3", 90);
    append("c\n");
    rotate("app.log.2");
    age("app.log.2", 80);
    append("d\n");
    rotate("app.log.1");
    age("app.log.1", 80);
    append("e\n");
    for (int i = 0; i < 4; i++) {
      source.settle();
    }
    assertThat(source.lines()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void aDeletedFileIsFollowedByTheNextOne() throws Exception {
    append("a\n");
    source.drain();
    append("b\n");
    Files.delete(log);
    source.settle();
    append("c\n");
    source.look();
    source.look();
    assertThat(source.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void aFileEmptiedInPlaceIsReadFromItsBeginning() throws Exception {
    append("a\nb\n");
    source.drain();
    Files.writeString(log, "");
    source.look();
    append("c\n");
    source.look();
    assertThat(source.lines()).containsExactly("a", "b", "c");
    assertThat(source.records).hasSize(3);
  }

  @Test
  void aFileEmptiedAndRefilledBetweenTwoLooksIsReadFromItsBeginning() throws Exception {
    append("a\nb\nunfinished");
    source.drain();
    Files.writeString(log, "c is longer than what was there before\n");
    source.look();
    assertThat(source.lines()).containsExactly("a", "b", "c is longer than what was there before");
  }

  @Test
  void aFileEmptiedAndRefilledDuringAStopIsReadFromItsBeginning() throws Exception {
    append("a\nb\n");
    source.drain();
    source.close();
    Files.writeString(log, "c is longer than what was there before\n");
    source.drain();
    assertThat(source.lines()).containsExactly("a", "b", "c is longer than what was there before");
  }

  @Test
  void bytesOfAnUnfinishedLineThatWereReplacedAreNotMixedWithNewOnes() throws Exception {
    append("old");
    source.drain();
    Files.writeString(log, "new line\n");
    source.look();
    assertThat(source.lines()).containsExactly("new line");
  }

  @Test
  void unrelatedNeighboursAreLeftAlone() throws Exception {
    append("a\n");
    source.drain();
    rotate("app.log.1");
    Files.writeString(directory.resolve("app.log.1.gz"), "compressed\n");
    Files.writeString(directory.resolve("other.log"), "other\n");
    Files.writeString(directory.resolve("app.logger"), "other\n");
    append("b\n");
    source.settle();
    assertThat(source.lines()).containsExactly("a", "b");
  }

  @Test
  void aMissingFileIsAnExternalErrorAtFirst() {
    assertThatThrownBy(source::start)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> {
              assertThat(error.category()).isEqualTo(ErrorCategory.EXTERNAL);
              assertThat(error.code()).isEqualTo("path-missing");
              assertThat(error.message()).contains(log.toString());
            });
  }

  @Test
  void aFileMissingBetweenRotationAndItsNextLineIsWaitedFor() throws Exception {
    append("a\n");
    source.drain();
    source.close();
    rotate("app.log.1");
    source.start();
    source.settle();
    append("b\n");
    source.look();
    assertThat(source.lines()).containsExactly("a", "b");
  }

  @Test
  void aTailedFileCanNotBeDeletedWhenFinished() throws Exception {
    append("a\n");
    source = new FileSourceHarness(Map.of("path", log.toString(), "after", "delete"));
    assertThatThrownBy(source::start)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> assertThat(error.category()).isEqualTo(ErrorCategory.CONFIGURATION));
  }

  private Map<String, Object> offset() {
    assertThat(source.positions().list()).hasSize(1);
    return assertThat(source.positions().list())
        .first()
        .extracting(SourcePosition::offset)
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .actual();
  }

  private void append(String text) throws Exception {
    Files.writeString(log, text, CREATE, APPEND);
  }

  private void rotate(String name) throws Exception {
    Files.move(log, directory.resolve(name));
  }

  /** Makes a file look as if it had been written to some time ago. */
  private void age(String name, long seconds) throws Exception {
    Files.setLastModifiedTime(
        directory.resolve(name), FileTime.from(Instant.now().plusSeconds(1000 - seconds)));
  }
}
