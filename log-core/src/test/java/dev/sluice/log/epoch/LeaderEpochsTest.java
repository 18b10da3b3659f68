package dev.sluice.log.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaderEpochsTest {

  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final Path FILE = DIRECTORY.resolve(LeaderEpochs.FILE_NAME);

  private final FaultyStorage storage = new FaultyStorage(1);

  @BeforeEach
  void createDirectory() throws IOException {
    storage.createDirectories(DIRECTORY);
  }

  @Test
  void beginsEmpty() throws IOException {
    LeaderEpochs epochs = open();

    assertThat(epochs.isEmpty()).isTrue();
    assertThat(epochs.latest()).isEmpty();
    assertThat(epochs.epochForOffset(0)).isEqualTo(OptionalInt.empty());
    assertThat(epochs.endOffsetFor(0, 100)).isEqualTo(EpochEnd.UNDEFINED);
  }

  @Test
  void anAssignedEpochIsDurable() throws IOException {
    LeaderEpochs epochs = open();
    assertThat(epochs.assign(2, 0)).isTrue();
    assertThat(epochs.assign(4, 50)).isTrue();

    storage.restart(Loss.ALL);

    assertThat(open().history())
        .isEqualTo(new EpochHistory(List.of(new EpochStart(2, 0), new EpochStart(4, 50))));
  }

  @Test
  void aKnownEpochCostsNoWrite() throws IOException {
    LeaderEpochs epochs = open();
    boolean unused = epochs.assign(2, 0);
    long operations = storage.operations();

    assertThat(epochs.assign(2, 10)).isFalse();
    assertThat(epochs.truncateFromEnd(10)).isFalse();
    epochs.truncateFromStart(5);

    assertThat(storage.operations()).isEqualTo(operations);
  }

  @Test
  void aTruncationOfTheEndIsDurable() throws IOException {
    LeaderEpochs epochs = open();
    boolean unused = epochs.assign(1, 0);
    unused = epochs.assign(2, 120);
    assertThat(epochs.truncateFromEnd(120)).isTrue();

    storage.restart(Loss.ALL);

    assertThat(open().latest()).contains(new EpochStart(1, 0));
  }

  @Test
  void aTruncationOfTheStartIsWrittenWithTheNextChange() throws IOException {
    LeaderEpochs epochs = open();
    boolean unused = epochs.assign(1, 0);
    unused = epochs.assign(2, 50);
    epochs.truncateFromStart(60);
    assertThat(epochs.history().starts()).containsExactly(new EpochStart(2, 60));

    LeaderEpochs reopened = open();
    reopened.truncateFromStart(60);

    assertThat(reopened.history()).isEqualTo(epochs.history());
    unused = epochs.assign(3, 70);
    assertThat(open().history().starts())
        .containsExactly(new EpochStart(2, 60), new EpochStart(3, 70));
  }

  @Test
  void aFailedWriteChangesNothingInMemory() throws IOException {
    LeaderEpochs epochs = open();
    boolean unused = epochs.assign(1, 0);
    storage.failForces(1);

    assertThatThrownBy(() -> epochs.assign(2, 50)).isInstanceOf(IOException.class);

    assertThat(epochs.latest()).contains(new EpochStart(1, 0));
    assertThat(epochs.assign(2, 50)).isTrue();
  }

  @Test
  void aCrashLeavesTheOldHistoryOrTheNewOne() throws IOException {
    for (int crashAt = 1; crashAt < 10; crashAt++) {
      for (Loss loss : Loss.values()) {
        FaultyStorage fresh = new FaultyStorage(crashAt);
        fresh.createDirectories(DIRECTORY);
        LeaderEpochs epochs = LeaderEpochs.open(fresh, DIRECTORY);
        boolean wasAssigned = epochs.assign(1, 0);
        fresh.crashAfter(crashAt, loss);
        boolean isAcknowledged = false;
        try {
          isAcknowledged = epochs.assign(2, 50);
        } catch (FaultyStorage.CrashException e) {
          assertThat(fresh.isCrashed()).isTrue();
        }
        fresh.restart(loss);
        int latest = LeaderEpochs.open(fresh, DIRECTORY).latest().orElseThrow().epoch();
        assertThat(wasAssigned).isTrue();
        assertThat(latest).isBetween(isAcknowledged ? 2 : 1, 2);
      }
    }
  }

  @Test
  void aDamagedFileIsToldAndCanBeMadeAnew() throws IOException {
    boolean unused = open().assign(1, 0);
    byte[] good = storage.bytes(FILE);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      storage.replace(FILE, bad);
      assertThatThrownBy(this::open).isInstanceOf(AtomicFile.CorruptException.class);
    }

    LeaderEpochs rebuilt =
        LeaderEpochs.create(storage, DIRECTORY, EpochHistory.EMPTY.with(new EpochStart(3, 10)));

    assertThat(rebuilt.history()).isEqualTo(open().history());
    assertThat(rebuilt.latest()).contains(new EpochStart(3, 10));
  }

  @Test
  void aFileOfAnotherShapeIsDamaged() throws IOException {
    ByteBuffer descending =
        ByteBuffer.allocate(28).putInt(2).putInt(2).putLong(50).putInt(1).putLong(60).flip();
    ByteBuffer negative = ByteBuffer.allocate(16).putInt(1).putInt(-2).putLong(50).flip();
    for (ByteBuffer payload :
        List.of(descending, negative, ByteBuffer.allocate(3), ByteBuffer.allocate(5))) {
      new AtomicFile(storage, FILE).write(1, payload);
      assertThatThrownBy(this::open).isInstanceOf(AtomicFile.CorruptException.class);
    }
    new AtomicFile(storage, FILE).write(2, ByteBuffer.allocate(4));
    assertThatThrownBy(this::open).isInstanceOf(AtomicFile.CorruptException.class);
  }

  private LeaderEpochs open() throws IOException {
    return LeaderEpochs.open(storage, DIRECTORY);
  }
}
