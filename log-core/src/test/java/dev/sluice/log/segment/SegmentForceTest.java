package dev.sluice.log.segment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.io.FaultyStorage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SegmentForceTest {

  private static final Path DIRECTORY = Path.of("/data/t-0");

  @Test
  void believesNoForceAfterOneHasFailed() throws IOException {
    FaultyStorage storage = new FaultyStorage(1);
    storage.createDirectories(DIRECTORY);
    LogSegment segment = LogSegment.create(storage, DIRECTORY, 0, 4096);
    segment.force();
    storage.failForces(1);
    assertThatThrownBy(segment::force).isInstanceOf(IOException.class);

    assertThatThrownBy(segment::force).hasMessageContaining("An earlier force failed");
    assertThatThrownBy(segment::forceAll).hasMessageContaining("An earlier force failed");
    segment.release();
  }
}
