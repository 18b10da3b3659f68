package dev.sluice.bench.log;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Scratch;
import dev.sluice.log.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** What takes gigabytes: appends against the disk's own speed, and costs as the log grows. */
final class LargeFigures {

  private static final int UNDER_WAY = 16;
  private static final int LARGE_RECORD_BYTES = 10 * 1024;
  private static final int LARGE_BATCH_RECORDS = 100;
  private static final int RECORD_BYTES = 1024;
  private static final int FETCH_BYTES = 1 << 20;
  private static final int SMALL_MEGABYTES = 1024;

  /** Left to others on the disk. */
  private static final long SPARE_BYTES = 10L << 30;

  private static final int APPENDS = 20_000;
  private static final int TAIL_READS = 100_000;
  private static final double NANOS = 1e9;

  private LargeFigures() {}

  /** Large appends, left to the operating system and forced once at the end, against dd. */
  static void disk(Plan plan) throws Exception {
    Figures.print(
        "disk: %,d MB in batches of 1 MB, forced at the end, against dd bs=1M conv=fdatasync",
        plan.diskMegabytes());
    List<Double> ours = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      String load = Figures.load();
      ours.add(appended(plan.diskMegabytes()));
      plain.add(dd(plan.diskMegabytes()));
      Figures.print(
          "round %d: Sluice %,.0f MB/s, dd %,.0f MB/s (%s)",
          round, ours.getLast(), plain.getLast(), load);
    }
    double median = Figures.median(ours);
    Figures.print(
        "median: Sluice %,.0f MB/s, dd %,.0f MB/s, ratio %.2f",
        median, Figures.median(plain), median / Figures.median(plain));
  }

  private static double appended(int megabytes) throws IOException {
    ByteBuffer batch = Batches.of(LARGE_BATCH_RECORDS, LARGE_RECORD_BYTES, Compression.NONE);
    long count = ((long) megabytes << 20) / batch.remaining();
    try (Scratch scratch = Scratch.create()) {
      long start = System.nanoTime();
      try (Engine log = Engine.Kind.SLUICE.open(scratch.path(), false)) {
        append(log, batch, count);
      }
      return megabytes / ((System.nanoTime() - start) / NANOS);
    }
  }

  private static double dd(int megabytes) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      long start = System.nanoTime();
      String unused =
          Child.run(
              List.of(
                  "dd",
                  "if=/dev/zero",
                  "of=" + scratch.resolve("file"),
                  "bs=1M",
                  "count=" + megabytes,
                  "conv=fdatasync"));
      return megabytes / ((System.nanoTime() - start) / NANOS);
    }
  }

  /** Appends and reads at the tail with little and with much stored, in turn. */
  static void flat(Plan plan) throws IOException {
    long needed = (long) (plan.flatMegabytes() + SMALL_MEGABYTES) << 20;
    try (Scratch scratch = Scratch.create()) {
      long free = Files.getFileStore(scratch.path()).getUsableSpace();
      if (free < needed + SPARE_BYTES) {
        Figures.print("flat: skipped, %,d MB are free", free >> 20);
        return;
      }
      Figures.print(
          "flat cost: with %,d MB and with %,d MB stored", SMALL_MEGABYTES, plan.flatMegabytes());
      Path small = scratch.resolve("small");
      Path large = scratch.resolve("large");
      try (Engine little = Engine.Kind.SLUICE.open(small, false);
          Engine much = Engine.Kind.SLUICE.open(large, false)) {
        FilledLog unused = FilledLog.fill(little, RECORD_BYTES, (long) SMALL_MEGABYTES << 20);
        FilledLog alsoUnused =
            FilledLog.fill(much, RECORD_BYTES, (long) plan.flatMegabytes() << 20);
        compare(plan, little, much);
      }
    }
  }

  private static void compare(Plan plan, Engine little, Engine much) throws IOException {
    List<Double> appendRatios = new ArrayList<>();
    List<Double> readRatios = new ArrayList<>();
    for (int round = 0; round <= plan.rounds(); round++) {
      String load = Figures.load();
      double littleAppends = appendRate(little);
      double muchAppends = appendRate(much);
      double littleReads = tailRate(little);
      double muchReads = tailRate(much);
      Figures.print(
          "round %d: appends/s %,.0f and %,.0f, tail reads/s %,.0f and %,.0f (%s)%s",
          round,
          littleAppends,
          muchAppends,
          littleReads,
          muchReads,
          load,
          round == 0 ? " not counted" : "");
      if (round > 0) {
        appendRatios.add(muchAppends / littleAppends);
        readRatios.add(muchReads / littleReads);
      }
    }
    Figures.print(
        "median: with much stored %.2f of the appends and %.2f of the tail reads",
        Figures.median(appendRatios), Figures.median(readRatios));
  }

  private static double appendRate(Engine log) throws IOException {
    ByteBuffer batch = Batches.of(1, RECORD_BYTES, Compression.NONE);
    long start = System.nanoTime();
    append(log, batch, APPENDS);
    return APPENDS / ((System.nanoTime() - start) / NANOS);
  }

  private static double tailRate(Engine log) throws IOException {
    long[] bytes = new long[1];
    long start = System.nanoTime();
    for (int i = 0; i < TAIL_READS; i++) {
      long unused = log.readRecords(log.endOffset() - 1, FETCH_BYTES, size -> bytes[0] += size);
    }
    return TAIL_READS / ((System.nanoTime() - start) / NANOS);
  }

  private static void append(Engine log, ByteBuffer batch, long count) throws IOException {
    Queue<CompletableFuture<?>> underWay = new ArrayDeque<>();
    for (long i = 0; i < count; i++) {
      underWay.add(log.append(batch));
      if (underWay.size() >= UNDER_WAY) {
        Object unused = underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
  }
}
