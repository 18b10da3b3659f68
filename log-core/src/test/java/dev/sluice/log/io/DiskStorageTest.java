package dev.sluice.log.io;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest {

  private final DiskStorage storage = new DiskStorage();
  @TempDir private Path directory;

  @Test
  void readsAndWritesWholeBuffersWhereTheSystemDoesAFewBytesAtATime() throws Exception {
    byte[] bytes = new byte[1_000];
    new Random(3).nextBytes(bytes);
    Path path = directory.resolve("f");
    Set<OpenOption> options = Set.of(READ, WRITE, CREATE);
    try (DiskFile file =
        new DiskFile(path, options, new ShortChannel(FileChannel.open(path, options)))) {
      file.write(ByteBuffer.wrap(bytes), 0);
      ByteBuffer read = ByteBuffer.allocate(500);
      assertThat(file.read(read, 100)).isEqualTo(500);
      assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(bytes, 100, 500));
      assertThat(file.read(read.clear(), 900)).isEqualTo(100);
      assertThat(file.read(read.clear(), 1_000)).isZero();
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(bytes);
  }

  @Test
  void aLockNamesItsHolderAndIsFreeAfterwards() throws Exception {
    Path file = directory.resolve(".lock");
    assertThat(storage.lockHolder(file)).isEmpty();
    assertThat(file).doesNotExist();
    long pid = ProcessHandle.current().pid();
    try (Storage.Lock held = storage.lock(file)) {
      assertThat(held).isNotNull();
      // Not even this test may read the file: closing it would drop this process' lock.
      assertThat(storage.lockHolder(file)).contains(new Storage.LockHolder(OptionalLong.of(pid)));
      assertThatThrownBy(() -> storage.lock(file))
          .isInstanceOfSatisfying(LockHeldException.class, e -> assertThat(e.pid()).hasValue(pid))
          .hasMessageContaining("by process " + pid);
      // The failed attempt has not cost the lock: another process would be refused.
      assertThat(otherProcessGets(file)).isEqualTo("refused, held by " + pid);
    }
    assertThat(storage.lockHolder(file)).isEmpty();
    assertThat(otherProcessGets(file)).isEqualTo("got it");
  }

  /** Tries to take a lock; started as a process of its own. */
  static final class Contender {

    private Contender() {}

    public static void main(String... args) throws IOException {
      try (Storage.Lock got = new DiskStorage().lock(Path.of(args[0]))) {
        System.out.print(got == null ? "" : "got it");
      } catch (LockHeldException e) {
        System.out.print("refused, held by " + e.pid().orElse(-1));
      }
    }
  }

  private static String otherProcessGets(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Contender.class.getName(),
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void systemErrorsAreToldApartByTheirMessage() {
    assertThat(translated("No space left on device")).isInstanceOf(DiskFullException.class);
    assertThat(translated("Disk quota exceeded")).isInstanceOf(DiskFullException.class);
    assertThat(translated("Read-only file system")).isInstanceOf(ReadOnlyDiskException.class);
    assertThat(translated("Input/output error")).isExactlyInstanceOf(FileSystemException.class);
  }

  private static IOException translated(String reason) {
    return DiskErrors.translate(new FileSystemException("/data/x", null, reason));
  }

  @Test
  void eachTroubleHasACureOfItsOwn() {
    assertThat(DiskTrouble.failed("Could not", new ReadOnlyDiskException("ro", null)))
        .hasMessageContaining("remount it read-write");
    assertThat(DiskTrouble.failed("Could not", new AccessDeniedException("/data/t-0")))
        .hasMessageContaining("permission denied for /data/t-0")
        .hasMessageContaining(System.getProperty("user.name"));
    assertThat(DiskTrouble.failed("Could not", new FileAlreadyExistsException("/data")))
        .hasMessageContaining("/data is a file, not a directory");
    assertThat(DiskTrouble.failed("Could not", new IOException("Input/output error")))
        .hasMessageContaining("Input/output error")
        .hasMessageContaining("health");
  }
}
