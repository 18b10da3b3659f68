package dev.sluice.log.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.check.Finding.Severity;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.BatchLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogCheckerTest {

  @Test
  void whatTheLogWroteIsFlawless() throws Exception {
    WrittenPartition partition = new WrittenPartition(200);
    CheckReport report = partition.check();

    assertThat(report.findings()).isEmpty();
    assertThat(report.facts().batches()).isEqualTo(200);
    assertThat(report.facts().records()).isEqualTo(partition.records);
    assertThat(report.facts().segments()).isEqualTo(partition.segments().size()).isGreaterThan(5);
    Soundness.assertFlawless(partition.storage, partition.directory);
  }

  @Test
  void everyFlippedByteIsFound() throws Exception {
    WrittenPartition partition = new WrittenPartition(30);
    long base = partition.segments().first();
    Path log = partition.file(base, ".log");
    for (int at = partition.batchAt(base, 1); at < partition.batchAt(base, 2); at++) {
      partition.storage.rot(log, at, 0x40);
      assertThat(partition.check().isSound()).as("byte " + at).isFalse();
      partition.storage.rot(log, at, 0x40);
    }
  }

  @Test
  void damageIsToldWithItsPlaceAndTheRestIsChecked() throws Exception {
    WrittenPartition partition = new WrittenPartition(100);
    long base = partition.segments().first();
    Path log = partition.file(base, ".log");
    long second = partition.batchAt(base, 1);
    long fifth = partition.batchAt(base, 4);
    partition.storage.rot(log, second + 70, 1);
    partition.storage.rot(log, fifth + 90, 1);

    CheckReport report = partition.check();

    assertThat(report.findings()).extracting(Finding::position).containsExactly(second, fifth);
    assertThat(report.findings()).allMatch(found -> found.severity() == Severity.ERROR);
    assertThat(report.findings().getFirst().problem()).contains("offsets 1 to 2");
    assertThat(report.findings().getFirst().toString()).contains(log.toString(), "backup");
    assertThat(report.facts().batches()).isEqualTo(98);
  }

  @Test
  void wrongIndexesAreWarningsBecauseTheyAreDerived() throws Exception {
    WrittenPartition partition = new WrittenPartition(200);
    List<Path> indexes = new ArrayList<>();
    for (long base : partition.segments()) {
      indexes.add(partition.file(base, ".index"));
      indexes.add(partition.file(base, ".timeindex"));
    }
    indexes.removeIf(index -> partition.storage.bytes(index).length < 24);
    assertThat(indexes).hasSizeGreaterThan(6);
    for (Path index : indexes) {
      byte[] good = partition.storage.bytes(index);
      int entry = index.toString().endsWith("timeindex") ? 12 : 8;
      for (int at = 0; at < good.length; at++) {
        byte[] wrong = good.clone();
        wrong[at] ^= 0x21;
        warnsOf(partition, index, wrong);
      }
      warnsOf(partition, index, Arrays.copyOf(good, good.length - 1));
      warnsOf(partition, index, Arrays.copyOf(good, good.length - entry));
      warnsOf(partition, index, Arrays.copyOf(good, good.length + entry));
      warnsOf(partition, index, new byte[0]);
      partition.storage.replace(index, good);
    }
  }

  private static void warnsOf(WrittenPartition partition, Path index, byte[] content) {
    partition.storage.replace(index, content);
    assertThat(partition.check().findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.file()).isEqualTo(index);
              assertThat(found.severity()).isIn(Severity.WARNING, Severity.NOTE);
            });
  }

  @Test
  void anInterruptedWriteIsToldApartFromRot() throws Exception {
    WrittenPartition partition = new WrittenPartition(30);
    partition.storage.delete(partition.directory.resolve(PartitionCheckpoint.FILE_NAME));
    long last = partition.segments().last();
    Path log = partition.file(last, ".log");
    byte[] good = partition.storage.bytes(log);

    partition.storage.replace(log, Arrays.copyOf(good, good.length - 1));
    assertThat(partition.check().findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.severity()).isEqualTo(Severity.WARNING);
              assertThat(found.problem()).contains("interrupted write");
            });
    Soundness.assertSound(partition.storage, partition.directory);

    partition.storage.replace(log, good);
    partition.storage.rot(log, 100, 1);
    assertThat(partition.check().isSound()).isFalse();
  }

  @Test
  void anInterruptedWriteCanNotBeWhereAllWasDurable() throws Exception {
    WrittenPartition partition = new WrittenPartition(30);
    Path log = partition.file(partition.segments().last(), ".log");
    partition.storage.rot(log, partition.storage.bytes(log).length - 1, 1);

    assertThat(partition.check().isSound()).isFalse();
  }

  @Test
  void filesShorterOrFewerThanTheCheckpointSaysAreErrors() throws Exception {
    WrittenPartition partition = new WrittenPartition(60);
    Path last = partition.file(partition.segments().last(), ".log");
    byte[] good = partition.storage.bytes(last);
    partition.storage.replace(
        last, Arrays.copyOf(good, partition.batchAt(partition.segments().last(), 1)));
    assertThat(problems(partition)).anyMatch(problem -> problem.contains("shorter than"));

    partition.storage.delete(last);
    assertThat(problems(partition)).anyMatch(problem -> problem.contains("is missing"));

    WrittenPartition headless = new WrittenPartition(60);
    headless.storage.delete(headless.file(0, ".log"));
    assertThat(problems(headless)).anyMatch(problem -> problem.contains("first segment"));

    for (long base : partition.segments()) {
      partition.storage.delete(partition.file(base, ".log"));
    }
    assertThat(problems(partition)).anyMatch(problem -> problem.contains("has no segment"));
  }

  private static List<String> problems(WrittenPartition partition) {
    CheckReport report = partition.check();
    assertThat(report.isSound()).isFalse();
    return report.findings().stream().map(Finding::problem).toList();
  }

  @Test
  void aDamagedCheckpointIsAWarning() {
    WrittenPartition partition = new WrittenPartition(30);
    Path checkpoint = partition.directory.resolve(PartitionCheckpoint.FILE_NAME);
    partition.storage.rot(checkpoint, 20, 1);
    assertThat(partition.check().findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.file()).isEqualTo(checkpoint);
              assertThat(found.severity()).isEqualTo(Severity.WARNING);
            });
  }

  @Test
  void offsetsThatGoBackAreErrorsAndGapsAreNoted() throws Exception {
    WrittenPartition partition = new WrittenPartition(30);
    partition.change(0, 1, batch -> batch.putLong(0, 0));
    assertThat(problems(partition)).anyMatch(problem -> problem.contains("Offset 0 follows"));

    WrittenPartition compacted = new WrittenPartition(30);
    long base = compacted.segments().first();
    // Takes the second of three batches out, as compaction does.
    byte[] bytes = compacted.storage.bytes(compacted.file(base, ".log"));
    int second = compacted.batchAt(base, 1);
    int third = compacted.batchAt(base, 2);
    byte[] left = Arrays.copyOf(bytes, bytes.length - (third - second));
    System.arraycopy(bytes, third, left, second, bytes.length - third);
    compacted.storage.replace(compacted.file(base, ".log"), left);
    compacted.storage.delete(compacted.file(base, ".index"));
    compacted.storage.delete(compacted.file(base, ".timeindex"));
    CheckReport report = compacted.check();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings())
        .anyMatch(
            found -> found.severity() == Severity.NOTE && found.problem().startsWith("2 offsets"));
  }

  @Test
  void leaderEpochsThatGoBackAreErrors() throws Exception {
    WrittenPartition partition = new WrittenPartition(30);
    partition.change(0, 1, batch -> batch.putInt(BatchLayout.LEADER_EPOCH, 7));
    assertThat(problems(partition))
        .containsExactly(
            "It says that offset 1 is of leader epoch 0, but the log says 7",
            "Leader epoch 0 follows epoch 7");
  }

  @Test
  void malformedRecordsUnderARightChecksumAreWarnings() throws Exception {
    WrittenPartition partition = new WrittenPartition(30);
    partition.change(0, 0, batch -> batch.put(BatchLayout.RECORDS, (byte) 1));
    partition.change(0, 1, batch -> batch.putLong(BatchLayout.MAX_TIMESTAMP, 1_999));
    partition.change(0, 2, batch -> batch.putShort(BatchLayout.ATTRIBUTES, (short) 7));

    List<Finding> found =
        partition.check().findings().stream()
            .filter(finding -> finding.file().toString().endsWith(".log"))
            .toList();
    assertThat(found).hasSize(3).allMatch(finding -> finding.severity() == Severity.WARNING);
  }

  @Test
  void headersThatContradictThemselvesAreErrors() {
    WrittenPartition partition = new WrittenPartition(30);
    partition.change(0, 1, batch -> batch.putInt(BatchLayout.RECORD_COUNT, 100));
    assertThat(problems(partition)).singleElement().asString().contains("100 records");
  }

  @Test
  void filesThatDoNotBelongThereAreNamed() throws Exception {
    WrittenPartition partition = new WrittenPartition(5);
    for (String name :
        List.of("00000000000000000099.log.deleted", "x.tmp", "00000000000000000042.index")) {
      touch(partition, name);
    }
    assertThat(partition.check().findings())
        .hasSize(3)
        .allMatch(found -> found.severity() == Severity.NOTE);

    touch(partition, "notes.txt");
    partition.storage.createDirectories(partition.directory.resolve("sub"));
    assertThat(partition.check().findings())
        .filteredOn(found -> found.severity() == Severity.WARNING)
        .extracting(found -> found.file().getFileName().toString())
        .containsExactly("notes.txt", "sub");
  }

  private static void touch(WrittenPartition partition, String name) throws Exception {
    try (StorageFile file = partition.storage.openToWrite(partition.directory.resolve(name))) {
      file.write(ByteBuffer.allocate(1), 0);
    }
  }

  @Test
  void readErrorsAreFindings() {
    WrittenPartition partition = new WrittenPartition(5);
    partition.storage.failReads(100);
    assertThat(partition.check().isSound()).isFalse();
    partition.storage.failReads(0);
    assertThat(partition.check().findings()).isEmpty();
    assertThat(LogChecker.check(partition.storage, Path.of("/nowhere")).isSound()).isFalse();
  }

  @Test
  void garbageDoesNotFillTheMemoryWithFindings() throws Exception {
    WrittenPartition partition = new WrittenPartition(5);
    for (int i = 0; i < 250; i++) {
      touch(partition, "foreign" + i);
    }
    List<Finding> findings = partition.check().findings();
    assertThat(findings).hasSize(101);
    assertThat(findings.getLast().problem()).startsWith("150 more");
  }

  @Test
  void allPartitionsOfADataDirectoryAreChecked() throws Exception {
    WrittenPartition one = new WrittenPartition(Path.of("/data/one-0"), 30);
    copy(one, Path.of("/data/two-0"));
    copy(one, Path.of("/data/two-1"));
    one.storage.rot(Path.of("/data/two-0/00000000000000000000.log"), 80, 1);
    one.storage.createDirectories(Path.of("/data/demo"));
    one.storage.createDirectories(Path.of("/data/gone-0.6f1c-delete"));
    List<Long> steps = new ArrayList<>();
    List<Long> totals = new ArrayList<>();

    CheckReport report =
        LogChecker.checkAll(
            one.storage,
            Path.of("/data"),
            (done, total) -> {
              synchronized (steps) {
                steps.add(done);
                totals.add(total);
              }
            });

    assertThat(report.facts().partitions()).isEqualTo(3);
    assertThat(report.facts().batches()).isEqualTo(89);
    assertThat(report.findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.NOTE, Severity.NOTE, Severity.ERROR);
    assertThat(steps).contains(report.facts().bytes());
    assertThat(totals).containsOnly(report.facts().bytes());
  }

  private static void copy(WrittenPartition from, Path to) throws Exception {
    from.storage.createDirectories(to);
    for (var entry : from.storage.list(from.directory)) {
      try (StorageFile file = from.storage.openToWrite(to.resolve(entry.name()))) {
        file.write(ByteBuffer.wrap(from.storage.bytes(from.directory.resolve(entry.name()))), 0);
      }
    }
  }
}
