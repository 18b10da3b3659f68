package dev.sluice.log.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetMapTest {

  @Test
  void knowsTheLatestOffsetOfEachKeyAsAPlainMapDoes() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      int keys = 1 + random.nextInt(2_000);
      OffsetMap map = new OffsetMap(1 << 20, keys);
      Map<String, Long> plain = new HashMap<>();
      for (long offset = 0; offset < 5_000; offset++) {
        String key = "k".repeat(random.nextInt(3)) + random.nextInt(keys);
        if (plain.containsKey(key) || !map.isFull()) {
          assertThat(map.put(bytes(key), offset)).as("seed " + seed).isTrue();
          plain.put(key, offset);
        } else {
          assertThat(map.put(bytes(key), offset)).as("seed " + seed).isFalse();
        }
      }
      assertThat(map.size()).isEqualTo(plain.size());
      plain.forEach((key, offset) -> assertThat(map.get(bytes(key))).isEqualTo(offset));
      assertThat(map.get(bytes("unknown"))).isEqualTo(-1);
    }
  }

  @Test
  void takesAtLeastOneKeyAndAtMostWhatItsMemoryAllows() {
    OffsetMap tiny = new OffsetMap(1, Long.MAX_VALUE);
    assertThat(tiny.put(bytes("a"), 5)).isTrue();
    OffsetMap small = new OffsetMap(100 * OffsetMap.ENTRY_BYTES, Long.MAX_VALUE);
    int taken = 0;
    while (small.put(bytes("key" + taken), taken)) {
      taken++;
    }
    assertThat(taken).isEqualTo(75);
    assertThat(small.isFull()).isTrue();
    assertThat(small.put(bytes("key0"), 1_000)).isTrue();
    assertThat(small.get(bytes("key0"))).isEqualTo(1_000);
  }

  @Test
  void leavesThePositionOfKeysAsItIs() {
    ByteBuffer key = bytes("key").asReadOnlyBuffer();
    OffsetMap map = new OffsetMap(1_000, 10);
    assertThat(map.put(key, 1)).isTrue();
    assertThat(map.get(key)).isEqualTo(1);
  }

  private static ByteBuffer bytes(String key) {
    return ByteBuffer.wrap(key.getBytes(UTF_8));
  }
}
