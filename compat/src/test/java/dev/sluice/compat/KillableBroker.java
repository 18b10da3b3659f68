package dev.sluice.compat;

import dev.sluice.broker.front.BrokerMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A broker in a process of its own that keeps its address and its data however often it is killed.
 */
public final class KillableBroker implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final int port = FreePort.find();
  private volatile JavaProcess process;

  private KillableBroker(Path directory) throws InterruptedException {
    this.directory = directory;
    this.process = launch();
  }

  /**
   * Starts it.
   *
   * @param directory for its data and its output
   */
  public static KillableBroker start(Path directory) throws InterruptedException {
    return new KillableBroker(directory);
  }

  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** Where the folders of its partitions are. */
  public Path data() {
    return directory.resolve("data");
  }

  /** As {@code kill -9}; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Starts it again; returns when it answers. */
  public void restart() throws InterruptedException {
    process = launch();
  }

  private JavaProcess launch() throws InterruptedException {
    JavaProcess started =
        JavaProcess.start(
            BrokerMain.class,
            directory.resolve("broker-" + System.nanoTime() + ".log"),
            List.of("-Xmx256m"),
            List.of(data().toString(), Integer.toString(port)));
    try {
      started.awaitOutput("Broker ready", PATIENCE);
      return started;
    } catch (RuntimeException | InterruptedException failure) {
      started.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
