package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.Disk;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Disk} of the broker's data directory. */
public final class EmbeddedDisk implements Disk {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDisk.class);

  private final Path directory;

  public EmbeddedDisk(Broker broker) {
    this.directory = broker.directory();
  }

  @Override
  public Optional<Space> space() {
    try {
      FileStore store = Files.getFileStore(directory);
      return Optional.of(
          new Space(directory.toString(), store.getTotalSpace(), store.getUsableSpace()));
    } catch (IOException unknown) {
      LOG.debug("The space of {} can't be told", directory, unknown);
      return Optional.empty();
    }
  }
}
