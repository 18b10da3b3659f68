package dev.sluice.log.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.TxnIndexSearchResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionIndexTest {

  private static final int HISTORIES = Boolean.getBoolean("long") ? 2_000 : 60;
  private static final long FIRST_SEED = 20_260_201;
  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final Path FILE = DIRECTORY.resolve("00000000000000000100.txnindex");

  private static final AbortedTransaction FIRST = new AbortedTransaction(7, 90, 110, 105);
  private static final AbortedTransaction SECOND = new AbortedTransaction(8, 105, 120, 121);
  private static final AbortedTransaction THIRD = new AbortedTransaction(7, 130, 140, 135);

  private final FaultyStorage storage = new FaultyStorage(1);

  @TempDir Path directory;

  @BeforeEach
  void createDirectory() throws IOException {
    storage.createDirectories(DIRECTORY);
  }

  @Test
  void isNoFileUntilTheFirstEntry() throws IOException {
    TransactionIndex index = index();

    assertThat(index.all()).isEmpty();
    assertThat(index.collect(0, 1_000)).isEqualTo(new TransactionIndex.Found(List.of(), false));
    index.truncateTo(0);
    index.clear();
    index.force();
    index.check();
    assertThat(storage.exists(FILE)).isFalse();
    index.append(FIRST);
    assertThat(storage.exists(FILE)).isTrue();
  }

  @Test
  void keepsWhatWasForced() throws IOException {
    TransactionIndex index = filled();
    index.force();
    storage.syncDirectory(DIRECTORY);
    storage.restart(Loss.ALL);

    assertThat(index().all()).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void forcesWhatWasWrittenBeforeItWasClosed() throws IOException {
    TransactionIndex index = filled();
    index.close();
    index.force();
    storage.syncDirectory(DIRECTORY);
    storage.restart(Loss.ALL);

    assertThat(index().all()).hasSize(3);
  }

  @Test
  void findsWhatOverlapsTheFetchedOffsets() throws IOException {
    TransactionIndex index = filled();

    assertThat(index.collect(100, 105)).isEqualTo(new TransactionIndex.Found(List.of(FIRST), true));
    assertThat(index.collect(111, 120))
        .isEqualTo(new TransactionIndex.Found(List.of(SECOND), true));
    assertThat(index.collect(111, 131))
        .isEqualTo(new TransactionIndex.Found(List.of(SECOND, THIRD), true));
    assertThat(index.collect(141, 150)).isEqualTo(new TransactionIndex.Found(List.of(), false));
  }

  @Test
  void truncatesToAnOffset() throws IOException {
    TransactionIndex index = filled();

    index.truncateTo(141);
    assertThat(index.all()).hasSize(3);
    index.truncateTo(120);
    assertThat(index.all()).containsExactly(FIRST);
    index.append(SECOND);
    assertThat(index().all()).containsExactly(FIRST, SECOND);
    index.truncateTo(0);
    assertThat(storage.bytes(FILE)).isEmpty();
  }

  @Test
  void refusesAnEntryThatDoesNotFollow() throws IOException {
    TransactionIndex index = filled();
    TransactionIndex reopened = index();

    assertThatThrownBy(() -> index.append(SECOND)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reopened.append(THIRD)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTornLastEntryDoesNotCount() throws IOException {
    byte[] whole = bytesOf(filled());
    for (int length = 2 * 34; length < whole.length; length++) {
      storage.replace(FILE, Arrays.copyOf(whole, length));
      TransactionIndex index = index();

      index.check();
      assertThat(index.all()).containsExactly(FIRST, SECOND);
      index.append(THIRD);
      assertThat(storage.bytes(FILE)).isEqualTo(whole);
    }
  }

  @Test
  void anEntryThatCouldNotBeWrittenIsNotThere() throws IOException {
    TransactionIndex index = index();
    index.append(FIRST);
    storage.setCapacity(34 + 20);

    assertThatThrownBy(() -> index.append(SECOND)).isInstanceOf(IOException.class);

    storage.setCapacity(Long.MAX_VALUE);
    assertThat(index.all()).containsExactly(FIRST);
    index.append(THIRD);
    assertThat(index().all()).containsExactly(FIRST, THIRD);
  }

  @Test
  void tellsEntriesThatCantBe() throws IOException {
    byte[] whole = bytesOf(filled());
    byte[] hole = whole.clone();
    Arrays.fill(hole, 34, 68, (byte) 0);
    byte[] version = whole.clone();
    version[69] = 1;
    byte[] swapped = whole.clone();
    System.arraycopy(whole, 0, swapped, 34, 34);
    System.arraycopy(whole, 34, swapped, 0, 34);
    for (byte[] bad : List.of(hole, version, swapped, new byte[34])) {
      storage.replace(FILE, bad);

      assertThatThrownBy(() -> index().check()).isInstanceOf(CorruptStateException.class);
    }
    storage.replace(FILE, version);
    assertThatThrownBy(() -> index().all()).isInstanceOf(CorruptStateException.class);
    TransactionIndex index = index();
    index.clear();
    index.append(FIRST);
    assertThat(index.all()).containsExactly(FIRST);
  }

  @Test
  void aTruncationCutsOffWhatIsNoEntry() throws IOException {
    byte[] whole = bytesOf(filled());
    for (int entry = 0; entry < 3; entry++) {
      byte[] hole = whole.clone();
      Arrays.fill(hole, 34 * entry, 34 * entry + 34, (byte) 0);
      storage.replace(FILE, hole);
      TransactionIndex index = index();

      index.truncateTo(141);

      index.check();
      assertThat(storage.bytes(FILE)).isEqualTo(Arrays.copyOf(whole, 34 * entry));
    }
  }

  @Test
  void closesWhenIdleAndOpensAgain() throws IOException {
    TransactionIndex index = filled();
    assertThat(index.collect(0, 1_000).transactions()).hasSize(3);

    index.closeIdle();
    index.closeIdle();
    storage.failReads(1);
    assertThatThrownBy(index::all).isInstanceOf(IOException.class);
    assertThat(index.all()).hasSize(3);
    index.delete();
    assertThat(storage.exists(FILE)).isFalse();
    assertThat(index.all()).isEmpty();
  }

  @Test
  void agreesWithKafkasIndex() throws IOException {
    System.out.println(
        "TransactionIndexTest: seeds " + FIRST_SEED + " to " + (FIRST_SEED + HISTORIES - 1));
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      Random random = new Random(seed);
      Path kafkaFile = directory.resolve(seed + ".txnindex");
      Path ourFile = FILE.resolveSibling(seed + ".txnindex");
      try (var kafkas =
              new org.apache.kafka.storage.internals.log.TransactionIndex(0, kafkaFile.toFile());
          var ours = new TransactionIndex(storage, ourFile, 0)) {
        long end = fill(random, kafkas, ours);
        if (random.nextBoolean()) {
          long cut = random.nextLong(end + 2);
          kafkas.truncateTo(cut);
          ours.truncateTo(cut);
        }
        ours.check();
        assertThat(ours.all()).isEqualTo(ours(kafkas.allAbortedTxns()));
        for (int i = 0; i < 50; i++) {
          long from = random.nextLong(end + 2);
          long to = from + random.nextLong(end);
          TxnIndexSearchResult expected = kafkas.collectAbortedTxns(from, to);
          assertThat(ours.collect(from, to))
              .as("seed %s, %s to %s", seed, from, to)
              .isEqualTo(
                  new TransactionIndex.Found(
                      ours(expected.abortedTransactions), expected.isComplete));
        }
        if (Files.exists(kafkaFile)) {
          assertThat(storage.bytes(ourFile)).isEqualTo(Files.readAllBytes(kafkaFile));
        }
      }
    }
  }

  /** Aborts what a log of many producers might abort; the end of that log. */
  private static long fill(
      Random random,
      org.apache.kafka.storage.internals.log.TransactionIndex kafkas,
      TransactionIndex ours)
      throws IOException {
    TreeSet<Long> open = new TreeSet<>();
    long offset = 0;
    for (int step = random.nextInt(2_000); step > 0; step--) {
      offset += 1 + random.nextInt(3);
      if (open.isEmpty() || random.nextBoolean()) {
        boolean unused = open.add(offset);
        continue;
      }
      long first = new ArrayList<>(open).get(random.nextInt(open.size()));
      boolean unused = open.remove(first);
      if (random.nextInt(3) > 0) {
        long stable = open.isEmpty() ? offset + 1 : open.first();
        long producerId = random.nextInt(10);
        kafkas.append(new AbortedTxn(producerId, first, offset, stable));
        ours.append(new AbortedTransaction(producerId, first, offset, stable));
      }
    }
    return offset + 1;
  }

  private static List<AbortedTransaction> ours(List<AbortedTxn> kafkas) {
    return kafkas.stream()
        .map(
            txn ->
                new AbortedTransaction(
                    txn.producerId(), txn.firstOffset(), txn.lastOffset(), txn.lastStableOffset()))
        .toList();
  }

  private TransactionIndex index() {
    return new TransactionIndex(storage, FILE, 100);
  }

  private TransactionIndex filled() throws IOException {
    TransactionIndex index = index();
    for (AbortedTransaction aborted : List.of(FIRST, SECOND, THIRD)) {
      index.append(aborted);
    }
    return index;
  }

  private byte[] bytesOf(TransactionIndex index) throws IOException {
    index.close();
    return storage.bytes(FILE);
  }
}
