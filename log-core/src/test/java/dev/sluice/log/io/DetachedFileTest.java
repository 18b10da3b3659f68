package dev.sluice.log.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedFileTest {

  @TempDir Path directory;
  private final DiskStorage storage = new DiskStorage();

  @Test
  void keepsToItsBytesWhenAnotherFileTakesItsName() throws Exception {
    try (StorageFile file = replaced()) {
      assertThat(read(file)).isEqualTo("old");
    }
  }

  @Test
  void neverReadsTheOtherFileEvenIfAnInterruptHasClosedIt() throws Exception {
    try (StorageFile file = replaced()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> file.transferTo(0, 3, Channels.newChannel(new ByteArrayOutputStream())))
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was replaced");
    }
  }

  private StorageFile replaced() throws IOException {
    Path path = Files.writeString(directory.resolve("a"), "old");
    StorageFile file = storage.openToRead(path);
    file.detach();
    storage.rename(Files.writeString(directory.resolve("b"), "new"), path);
    return file;
  }

  private static String read(StorageFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(3);
    assertThat(file.read(bytes, 0)).isEqualTo(3);
    return new String(bytes.array(), UTF_8);
  }
}
