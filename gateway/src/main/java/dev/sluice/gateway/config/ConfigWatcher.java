package dev.sluice.gateway.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a configuration changes: its files, files that appear or go in its directory, and
 * files that its references name. It looks once a second at what they hold, so that a mere touch is
 * no change, and waits until two looks agree, so that a file is not read while it is being written.
 * What comes of the new version, valid or not, goes to the listener; whoever runs the old one keeps
 * running it when the new one is invalid. Thread-safe: guarded by its monitor.
 */
public final class ConfigWatcher implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ConfigWatcher.class.getName());
  private static final long PERIOD_MILLIS = 1_000;

  private final ConfigLoader loader;
  private final Path path;
  private final Environment environment;
  private final Consumer<ConfigResult> listener;

  private Map<Path, String> handled;
  private Map<Path, String> seen;
  private @Nullable ScheduledFuture<?> schedule;

  /**
   * A watcher that has not started.
   *
   * @param path the file or directory that was loaded
   * @param loaded what came of loading it; changes since then are noticed
   * @param listener called on the watching thread; what it throws is logged
   */
  public ConfigWatcher(
      ConfigLoader loader,
      Path path,
      Environment environment,
      ConfigResult loaded,
      Consumer<ConfigResult> listener) {
    this.loader = loader;
    this.path = path;
    this.environment = environment;
    this.listener = listener;
    this.handled = loaded.files();
    this.seen = handled;
  }

  /** Looks once a second from now on. */
  public synchronized void start(ScheduledExecutorService executor) {
    if (schedule == null) {
      schedule =
          executor.scheduleWithFixedDelay(
              this::lookSafely, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Looks no more; a look that is under way ends by itself. */
  @Override
  public synchronized void close() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  /** One look. */
  synchronized void look() {
    Map<Path, String> now = digests();
    boolean settled = now.equals(seen);
    seen = now;
    if (now.equals(handled) || !settled) {
      return;
    }
    takeUp(listener);
  }

  /**
   * Changes the files between two looks, and takes up at once what they hold then, so that no look
   * takes it up again.
   *
   * @param change tells whether it has changed anything; if it throws, a look will notice what has
   *     changed nevertheless
   * @param changed gets what came of the new version, on the calling thread
   */
  public synchronized void change(BooleanSupplier change, Consumer<ConfigResult> changed) {
    if (change.getAsBoolean()) {
      takeUp(changed);
    }
  }

  private void takeUp(Consumer<ConfigResult> taker) {
    ConfigResult result = loader.load(path, environment);
    handled = result.files();
    seen = handled;
    taker.accept(result);
  }

  private Map<Path, String> digests() {
    Set<Path> files = new HashSet<>(handled.keySet());
    try {
      ConfigFiles.list(path).forEach(file -> files.add(file.toAbsolutePath().normalize()));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The directory {0} can not be listed: {1}", path, e.getMessage());
    }
    return files.stream().collect(Collectors.toMap(file -> file, FileReads::digest));
  }

  private void lookSafely() {
    try {
      look();
    } catch (Throwable e) { // One that escaped would end the schedule without a word.
      LOG.log(Level.ERROR, "A change of the configuration " + path + " could not be handled", e);
    }
  }
}
