package dev.sluice.log.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerSnapshotTest {

  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final Path FILE = DIRECTORY.resolve("00000000000000000050.snapshot");

  private static final List<ProducerState> PRODUCERS =
      List.of(
          new ProducerState(
              7, (short) 2, 4, 9_000, 9_000, List.of(new WrittenBatch(11, 40, 3, 9_000)), 37),
          new ProducerState(0x0102030405060708L, (short) 0, -1, 1_000, 1_000, List.of(), -1));

  /** Version, CRC, count; id, epoch, sequence, offset, delta, timestamp, coordinator, first. */
  private static final String GOLDEN =
      """
      0001 0952f63d 00000002
      0000000000000007 0002 0000000b 0000000000000028 00000003 0000000000002328 00000004
      0000000000000025
      0102030405060708 0000 ffffffff ffffffffffffffff 00000000 00000000000003e8 ffffffff
      ffffffffffffffff
      """;

  @TempDir Path directory;

  @Test
  void hasKafkasLayout() {
    assertThat(HexFormat.of().formatHex(ProducerSnapshot.encode(PRODUCERS).array()))
        .isEqualTo(GOLDEN.replaceAll("\\s", ""));
  }

  @Test
  void isByteForByteWhatKafkaWrites() throws IOException {
    Map<Long, ProducerStateEntry> entries = new LinkedHashMap<>();
    entries.put(
        7L,
        new ProducerStateEntry(
            7,
            (short) 2,
            4,
            9_000,
            OptionalLong.of(37),
            Optional.of(new BatchMetadata(11, 40, 3, 9_000))));
    entries.put(
        0x0102030405060708L,
        new ProducerStateEntry(
            0x0102030405060708L, (short) 0, -1, 1_000, OptionalLong.empty(), Optional.empty()));
    Path file = directory.resolve("1.snapshot");

    ProducerStateManager.writeSnapshot(file.toFile(), entries, false);

    assertThat(Files.readAllBytes(file)).isEqualTo(ProducerSnapshot.encode(PRODUCERS).array());
  }

  @Test
  void readsWhatItWrites() throws IOException {
    FaultyStorage storage = storage();

    ProducerSnapshot.write(storage, FILE, PRODUCERS);

    assertThat(ProducerSnapshot.read(storage, FILE)).isEqualTo(PRODUCERS);
    storage.restart(Loss.ALL);
    assertThat(ProducerSnapshot.read(storage, FILE)).isEqualTo(PRODUCERS);
  }

  @Test
  void ofManyBatchesTheLastIsKept() throws IOException {
    WrittenBatch last = new WrittenBatch(13, 45, 1, 9_500);
    ProducerState state =
        new ProducerState(
            7, (short) 2, 4, 9_500, 9_500, List.of(new WrittenBatch(11, 40, 3, 9_000), last), 37);

    List<ProducerState> read = ProducerSnapshot.decode(ProducerSnapshot.encode(List.of(state)));

    assertThat(read.getFirst().batches()).containsExactly(last);
  }

  @Test
  void anEmptyOneIsFine() throws IOException {
    assertThat(ProducerSnapshot.decode(ProducerSnapshot.encode(List.of()))).isEmpty();
  }

  @Test
  void refusesAnyFlippedBitAndAnyOtherLength() {
    byte[] good = ProducerSnapshot.encode(PRODUCERS).array();
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertCorrupt(bad);
    }
    for (int length = 0; length < good.length; length++) {
      assertCorrupt(Arrays.copyOf(good, length));
    }
    assertCorrupt(Arrays.copyOf(good, good.length + 1));
    assertCorrupt(Arrays.copyOf(good, good.length + 46));
  }

  @Test
  void aCrashLeavesTheOldOneOrTheNewOne() throws IOException {
    for (int crashAt = 1; crashAt < 10; crashAt++) {
      for (Loss loss : Loss.values()) {
        FaultyStorage storage = storage();
        ProducerSnapshot.write(storage, FILE, List.of());
        storage.crashAfter(crashAt, loss);
        try {
          ProducerSnapshot.write(storage, FILE, PRODUCERS);
        } catch (FaultyStorage.CrashException e) {
          assertThat(storage.isCrashed()).isTrue();
        }
        storage.restart(loss);
        assertThat(ProducerSnapshot.read(storage, FILE)).isIn(List.of(), PRODUCERS);
      }
    }
  }

  private static FaultyStorage storage() throws IOException {
    FaultyStorage storage = new FaultyStorage(1);
    storage.createDirectories(DIRECTORY);
    return storage;
  }

  private static void assertCorrupt(byte[] bytes) {
    assertThatThrownBy(() -> ProducerSnapshot.decode(ByteBuffer.wrap(bytes)))
        .isInstanceOf(CorruptStateException.class);
  }
}
