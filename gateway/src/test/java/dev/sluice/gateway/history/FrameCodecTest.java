package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.history.Frame.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

  private static final int FRAMES = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20260720})
  void whatIsReadIsWhatWasWrittenFromEveryPlaceOn(long seed) {
    Random random = new Random(seed);
    boolean hasTwoColumns = random.nextBoolean();
    List<Frame> frames = frames(random, hasTwoColumns);
    FrameEncoder encoder = new FrameEncoder(hasTwoColumns);
    List<byte[]> bytes = frames.stream().map(encoder::encode).toList();
    for (int from : new int[] {0, 1, 59, 60, 61, random.nextInt(FRAMES)}) {
      FrameDecoder decoder = new FrameDecoder(series -> true);
      boolean hasBegun = false;
      for (int i = from; i < FRAMES; i++) {
        Optional<Frame> read = decoder.decode(frames.get(i).timeMillis(), bytes.get(i));
        hasBegun |= read.isPresent();
        if (hasBegun) {
          assertThat(read).as("frame %d, seed %d", i, seed).contains(frames.get(i));
        }
        assertThat(hasBegun || i - from < FrameEncoder.KEY_EVERY)
            .as("a key frame comes soon")
            .isTrue();
      }
    }
  }

  @Test
  void onlyWantedSeriesAreRead() {
    TreeMap<Series, Point> points = new TreeMap<>();
    points.put(Series.lag("a", "t", 0), Point.of(1));
    points.put(Series.lag("b", "t", 0), Point.of(2));
    byte[] bytes = new FrameEncoder(false).encode(new Frame(10, 5, points));
    points.remove(Series.lag("a", "t", 0));
    assertThat(new FrameDecoder(series -> series.name().equals("b")).decode(10, bytes))
        .contains(new Frame(10, 5, points));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void whatIsBrokenIsPassedOverUntilTheNextKeyFrame(long seed) {
    Random random = new Random(seed);
    List<Frame> frames = frames(random, false);
    FrameEncoder encoder = new FrameEncoder(false);
    FrameDecoder decoder = new FrameDecoder(series -> true);
    boolean isBroken = false;
    for (Frame frame : frames) {
      byte[] bytes = encoder.encode(frame);
      boolean isKey = (bytes[1] & FrameEncoder.KEY) != 0;
      if (random.nextInt(10) == 0) {
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(2, bytes.length));
        cut[0] = (byte) random.nextInt(2, 100);
        assertThat(decoder.decode(frame.timeMillis(), cut)).isEmpty();
        isBroken = true;
      } else {
        isBroken &= !isKey;
        assertThat(decoder.decode(frame.timeMillis(), bytes))
            .isEqualTo(isBroken ? Optional.empty() : Optional.of(frame));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void noBytesAtAllMakeTheReaderFailOrTakeMuchMemory(long seed) {
    Random random = new Random(seed);
    FrameDecoder decoder = new FrameDecoder(series -> true);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(2, 60)];
      random.nextBytes(bytes);
      bytes[0] = FrameEncoder.VERSION;
      bytes[1] = FrameEncoder.KEY;
      assertThat(decoder.decode(1, bytes))
          .satisfiesAnyOf(
              read -> assertThat(read).isEmpty(),
              read -> assertThat(read.orElseThrow().points().size()).isLessThan(60));
    }
  }

  @Test
  void aSteadyStateTakesFewBytes() {
    TreeMap<Series, Point> points = new TreeMap<>();
    for (int topic = 0; topic < 2_000; topic++) {
      points.put(Series.of(Kind.TOPIC_RECORDS, "shop.table_%04d".formatted(topic)), Point.of(0));
    }
    for (int group = 0; group < 50; group++) {
      for (int partition = 0; partition < 20; partition++) {
        points.put(Series.lag("reader-" + group, "shop.table_0001", partition), Point.of(40));
      }
    }
    FrameEncoder encoder = new FrameEncoder(false);
    assertThat(encoder.encode(new Frame(10_000, 10_000, points))).hasSizeLessThan(30_000);
    assertThat(encoder.encode(new Frame(20_000, 10_000, points))).hasSizeLessThan(2_100);
  }

  private static List<Frame> frames(Random random, boolean hasTwoColumns) {
    List<Frame> frames = new ArrayList<>();
    TreeMap<Series, Point> points = new TreeMap<>();
    points.put(Series.of(Kind.RECORDS), Point.of(1));
    for (int i = 0; i < FRAMES; i++) {
      if (random.nextInt(10) == 0) {
        points.put(series(random), Point.of(0));
      }
      if (random.nextInt(100) == 0 && points.size() > 1) {
        points.pollLastEntry();
      }
      points.replaceAll((series, point) -> point(random, hasTwoColumns));
      frames.add(new Frame(10_000L * i, random.nextInt(20_000), new TreeMap<>(points)));
    }
    return frames;
  }

  private static Series series(Random random) {
    String name = "naïve-☃-" + random.nextInt(50) + "\u0000x".repeat(random.nextInt(3));
    return random.nextBoolean()
        ? Series.lag(name, "t" + random.nextInt(5), random.nextInt(10_000))
        : Series.of(Kind.TOPIC_RECORDS, name);
  }

  private static Point point(Random random, boolean hasTwoColumns) {
    long value =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> random.nextInt(100);
          case 2 -> random.nextInt(Integer.MAX_VALUE);
          default -> random.nextLong(Long.MAX_VALUE / 2);
        };
    return new Point(value, hasTwoColumns ? value + random.nextInt(1_000) : value);
  }
}
