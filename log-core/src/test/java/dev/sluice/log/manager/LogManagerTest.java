package dev.sluice.log.manager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.retention.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogManagerTest {

  private static final PartitionSettings SETTINGS = PartitionSettings.DEFAULT;

  @TempDir Path directory;
  private final FlushService flusher = new FlushService(4, 64 << 20);
  private final LogServices services =
      new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE);

  @AfterEach
  void stopFlusher() {
    flusher.close();
  }

  @Test
  void opensWhatItCreatedBefore() {
    Map<PartitionId, PartitionSettings> partitions = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      partitions.put(new PartitionId("a-b.c_d", i), SETTINGS);
    }
    try (LogManager manager = LogManager.open(services, directory)) {
      manager.openAll(partitions);
      partitions.keySet().forEach(id -> append(manager.get(id)));
    }
    try (LogManager manager = LogManager.open(services, directory)) {
      assertThat(manager.onDisk()).isEqualTo(partitions.keySet());
      manager.openAll(partitions);
      partitions.keySet().forEach(id -> assertThat(manager.get(id).highWatermark()).isEqualTo(1));
    }
  }

  @Test
  void refusesADirectoryThatIsInUse() {
    try (LogManager manager = LogManager.open(services, directory)) {
      assertThat(manager.onDisk()).isEmpty();
      assertCode(() -> LogManager.open(services, directory), Code.LOCKED);
      assertThatThrownBy(() -> LogManager.open(services, directory))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    LogManager.open(services, directory).close();
  }

  @Test
  void aRottenPartitionIsOfflineAndTheOthersGoOn() throws Exception {
    PartitionId sick = new PartitionId("sick", 0);
    PartitionId well = new PartitionId("well", 0);
    Path log = directory.resolve("sick-0/00000000000000000000.log");
    try (LogManager manager = LogManager.open(services, directory)) {
      append(manager.open(sick, SETTINGS));
    }
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, new byte[3]);
    try (LogManager manager = LogManager.open(services, directory)) {
      manager.openAll(Map.of(sick, SETTINGS, well, SETTINGS));
      append(manager.get(well));
      assertCode(() -> manager.get(sick), Code.OFFLINE);
      assertThat(manager.offlineReason(sick)).isPresent();
      assertThat(manager.offlineReason(well)).isEmpty();

      Files.write(log, bytes);
      append(manager.reopen(sick));
      assertThat(manager.get(sick).highWatermark()).isEqualTo(2);
      assertThat(manager.offlineReason(sick)).isEmpty();
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsNamedAsSuch() throws Exception {
    Path file = Files.writeString(directory.resolve("data"), "x");
    for (Path path : new Path[] {file, file.resolve("below")}) {
      assertThatThrownBy(() -> LogManager.open(services, path))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("Move the file away");
    }
  }

  @Test
  void foreignFilesAreLeftAlone() throws Exception {
    PartitionId id = new PartitionId("t", 0);
    try (LogManager manager = LogManager.open(services, directory)) {
      append(manager.open(id, SETTINGS));
    }
    Path note = Files.writeString(directory.resolve("notes.txt"), "x");
    Path inside = Files.writeString(directory.resolve("t-0/notes.txt"), "x");
    Path folder = Files.createDirectories(directory.resolve("t-0/sub"));
    try (LogManager manager = LogManager.open(services, directory)) {
      assertThat(manager.open(id, SETTINGS).highWatermark()).isEqualTo(1);
    }
    assertThat(note).exists();
    assertThat(inside).exists();
    assertThat(folder).exists();
  }

  @Test
  void deletedPartitionsAreGoneAndLeftoversAreRemoved() throws Exception {
    PartitionId id = new PartitionId("t", 0);
    Path leftover = directory.resolve("t-1.6f1c-delete");
    Files.createDirectories(leftover);
    Files.writeString(leftover.resolve("x"), "x");
    try (LogManager manager = LogManager.open(services, directory)) {
      assertThat(leftover).doesNotExist();
      append(manager.open(id, SETTINGS));
      manager.delete(id);
      assertCode(() -> manager.get(id), Code.UNKNOWN_PARTITION);
      assertThat(directory.toFile().list()).containsExactly(".lock");
      assertThat(manager.open(id, SETTINGS).highWatermark()).isZero();
    }
  }

  @Test
  void maintenanceDeletesWhatWasConsumedOnceItIsToldWhatThatIs() {
    PartitionSettings settings = SETTINGS.withRetention(new Retention(null, null, true));
    PartitionId read = new PartitionId("read", 0);
    PartitionId unknown = new PartitionId("unknown", 0);
    PartitionId kept = new PartitionId("kept", 0);
    try (LogManager manager = LogManager.open(services, directory)) {
      manager.openAll(Map.of(read, settings, unknown, settings, kept, SETTINGS));
      for (PartitionId id : new PartitionId[] {read, unknown, kept}) {
        append(manager.get(id));
        append(manager.get(id));
      }
      manager.maintain();
      assertThat(manager.get(read).logStartOffset()).isZero();

      manager.consumedBy(
          id -> {
            if (id.equals(unknown)) {
              throw new IllegalStateException("its groups can't be read");
            }
            return OptionalLong.of(1);
          });
      manager.maintain();
      assertThat(manager.get(read).logStartOffset()).isEqualTo(1);
      assertThat(manager.get(unknown).logStartOffset()).isZero();
      assertThat(manager.get(kept).logStartOffset()).isZero();
    }
  }

  @Test
  void namesThatWouldLeaveTheDirectoryAreRefused() {
    for (String name : new String[] {"", ".", "..", "a/b", "a\\b", "ä", "x".repeat(250)}) {
      assertCode(() -> new PartitionId(name, 0), Code.INVALID_NAME);
    }
    assertThat(PartitionId.parse("a-1-2")).contains(new PartitionId("a-1", 2));
    assertThat(PartitionId.parse("lost+found")).isEmpty();
    assertThat(PartitionId.parse("a-01")).isEmpty();
  }

  private static void append(PartitionLog log) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, null, "x".getBytes(UTF_8));
    var unused = log.append(builder).join();
  }

  private static void assertCode(Runnable action, Code code) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
