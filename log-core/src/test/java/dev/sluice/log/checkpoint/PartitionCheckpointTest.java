package dev.sluice.log.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.io.FaultyStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionCheckpointTest {

  private static final Path DIRECTORY = Path.of("/data/t-0");

  private final FaultyStorage storage = new FaultyStorage(1);
  private final AtomicFile file = PartitionCheckpoint.file(storage, DIRECTORY);

  @BeforeEach
  void createDirectory() throws IOException {
    storage.createDirectories(DIRECTORY);
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    PartitionCheckpoint written =
        new PartitionCheckpoint(3, 10, 500, 17, 123, true, true, List.of(0L, 10L));
    written.write(file);
    assertThat(PartitionCheckpoint.read(file)).contains(written);
    written.withMaySealUnforced(false).write(file);
    assertThat(PartitionCheckpoint.read(file)).contains(written.withMaySealUnforced(false));
  }

  @Test
  void anOlderOneKnowsOfNoUnforcedSegments() throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(100);
    payload.putLong(3).putLong(10).putLong(500).putLong(17).putLong(123).put((byte) 1);
    payload.putInt(2).putLong(0).putLong(10);
    file.write(2, payload.flip());
    assertThat(PartitionCheckpoint.read(file))
        .contains(new PartitionCheckpoint(3, 10, 500, 17, 123, true, false, List.of(0L, 10L)));
  }

  @Test
  void oneOfAVersionToComeIsRefused() throws IOException {
    file.write(4, ByteBuffer.allocate(100));
    assertThatThrownBy(() -> PartitionCheckpoint.read(file))
        .isInstanceOf(AtomicFile.CorruptException.class)
        .hasMessageContaining("version 4");
  }
}
