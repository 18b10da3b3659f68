package dev.sluice.gateway.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Classes as a start of the gateway leaves them, in an archive that later starts map into memory
 * (JEP 350): these take half of the time. It is made once for a jar, also where several processes
 * run tests; without it, starts only take longer.
 */
final class StartArchive {

  private static final int PATIENCE_SECONDS = 120;

  private static @Nullable String option;

  private StartArchive() {}

  /**
   * The option of the JVM that uses the archive, which is made if it is missing or older than the
   * jar; at most once in a process, also where that fails.
   *
   * @param options of the JVM, with which it will be used
   */
  static synchronized String option(Path jar, List<String> options) {
    if (option == null) {
      Path archive = jar.resolveSibling("start.jsa");
      makeOnce(archive, jar, options);
      option = "-XX:SharedArchiveFile=" + archive;
    }
    return option;
  }

  private static void makeOnce(Path archive, Path jar, List<String> options) {
    try (FileChannel channel =
            FileChannel.open(
                jar.resolveSibling("start.jsa.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isNewer(archive, jar)) {
        make(archive, jar, options);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isNewer(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private static void make(Path archive, Path jar, List<String> options) throws IOException {
    Files.deleteIfExists(archive);
    Path directory = Files.createTempDirectory(jar.getParent(), "start");
    Path config = Files.writeString(directory.resolve("gateway.yaml"), "topics: {t: {}}\n");
    List<String> command = new ArrayList<>(options);
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds*=off", "-jar"));
    command.addAll(List.of(jar.toString(), "run", config.toString(), "--stop-after", "1s"));
    command.addAll(List.of("--data", directory.resolve("data").toString()));
    command.addAll(List.of("--http-port", "0", "--kafka-port", "0"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !Files.exists(archive)) {
        System.err.println("No archive of classes: starts take longer; see " + directory);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      var unused = process.destroyForcibly();
    }
  }
}
