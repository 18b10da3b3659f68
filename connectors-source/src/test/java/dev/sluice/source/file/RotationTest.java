package dev.sluice.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationTest {

  private static final Rotation ROTATION = new Rotation("app.log");

  @Test
  void aListingWithoutAFileThatWasJustRenamedIsNotBelieved() {
    List<FileFacts> whole = List.of(file("app.log.2", 1), file("app.log.1", 2), file("app.log", 3));
    List<FileFacts> withoutRenamed = List.of(file("app.log.2", 1), file("app.log", 3));

    assertThat(ROTATION.agreed(withoutRenamed, whole)).isEmpty();
    assertThat(ROTATION.agreed(whole, withoutRenamed)).isEmpty();
    assertThat(ROTATION.agreed(whole, whole)).contains(whole);
  }

  @Test
  void aListingFromTheMiddleOfARotationIsNotBelieved() {
    List<FileFacts> before = List.of(file("app.log.1", 2), file("app.log", 3));
    List<FileFacts> after = List.of(file("app.log.1", 3), file("app.log", 4));

    assertThat(ROTATION.agreed(before, after)).isEmpty();
  }

  @Test
  void otherFilesMayComeAndGoMeanwhile() {
    List<FileFacts> before = List.of(file("app.log", 3), file("other.log", 7));
    List<FileFacts> after = List.of(file("app.log", 3), file("another.txt", 8));

    assertThat(ROTATION.agreed(before, after)).contains(after);
  }

  private static FileFacts file(String name, int inode) {
    return new FileFacts(Path.of("/logs", name), String.valueOf(inode), null, Instant.EPOCH, 1);
  }
}
