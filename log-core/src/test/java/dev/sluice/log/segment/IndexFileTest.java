package dev.sluice.log.segment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.io.DiskStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real disk: only there a mapping can fault. Entries are the even numbers from zero on. */
class IndexFileTest {

  private static final int ENTRY_BYTES = Long.BYTES;

  @TempDir Path directory;
  private IndexFile index;

  @BeforeEach
  void open() {
    index = new IndexFile(new DiskStorage(), directory.resolve("entries"), ENTRY_BYTES);
  }

  @Test
  void findsWhatALinearScanFindsWhileItGrowsAndIsCut() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 400; round++) {
      if (random.nextInt(8) == 0) {
        index.truncate(random.nextInt(index.count() + 1));
      } else {
        append(1 + random.nextInt(random.nextBoolean() ? 3 : 700));
      }
      for (int i = 0; i < 20; i++) {
        long wanted = random.nextLong(-3, 2L * index.count() + 3);
        assertThat(lastUpTo(wanted)).as("%s of %s", wanted, index.count()).isEqualTo(scan(wanted));
      }
    }
  }

  @Test
  void tellsTheNextEntryWhereItIsAtHand() throws IOException {
    append(5_000);
    assertThat(lastUpTo(5_000)).isEqualTo(5_000);
    IndexFile.Found found = requireNonNull(find(401));
    assertThat(found.hasNext()).isTrue();
    assertThat(found.entries().getLong((found.number() + 1) * ENTRY_BYTES)).isEqualTo(402);
  }

  @Test
  void aReaderOfAFileThatIsCutMeanwhileDoesNotFault() throws IOException {
    append(10_000);
    IndexFile.Found found = requireNonNull(find(0));
    assertThat(found.count()).as("mapped as a whole").isEqualTo(10_000);
    index.truncate(10);
    for (int i = 0; i < found.count(); i++) {
      assertThat(found.entries().getLong(i * ENTRY_BYTES)).isEqualTo(2L * i);
    }
    assertThat(lastUpTo(Long.MAX_VALUE)).isEqualTo(18);
    append(3);
    assertThat(lastUpTo(Long.MAX_VALUE)).isEqualTo(24);
  }

  @Test
  void isTheSameAfterItWasCutAndOpenedAnew() throws IOException {
    append(2_000);
    assertThat(lastUpTo(1_000)).isEqualTo(1_000);
    index.truncate(700);
    append(1);
    index.close();
    open();
    assertThat(index.load()).isTrue();
    assertThat(index.count()).isEqualTo(701);
    assertThat(lastUpTo(Long.MAX_VALUE)).isEqualTo(1_400);
  }

  private void append(int count) throws IOException {
    ByteBuffer entries = ByteBuffer.allocate(count * ENTRY_BYTES);
    for (int i = 0; i < count; i++) {
      entries.putLong(2L * (index.count() + i));
    }
    index.append(entries.flip());
  }

  private IndexFile.@Nullable Found find(long wanted) throws IOException {
    return index.lastThat((buffer, at) -> buffer.getLong(at) <= wanted);
  }

  private long lastUpTo(long wanted) throws IOException {
    IndexFile.Found found = find(wanted);
    return found == null ? -1 : found.entries().getLong(found.number() * ENTRY_BYTES);
  }

  private long scan(long wanted) throws IOException {
    long last = -1;
    ByteBuffer all = index.readAll();
    while (all.hasRemaining()) {
      long entry = all.getLong();
      last = entry <= wanted ? entry : last;
    }
    return last;
  }
}
