package dev.sluice.bench.log;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Scratch;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Opening what an earlier process left, each time in a JVM of its own, both engines in turn. */
final class OpenFigures {

  private static final int PARTITIONS = 1000;
  private static final int SEGMENTS = 10;
  private static final int BATCH_RECORDS = 10;
  private static final int RECORD_BYTES = 1024;
  private static final double MEGA = 1e6;
  private static final double NANOS = 1e9;

  private final Map<Engine.Kind, List<Double>> seconds = new EnumMap<>(Engine.Kind.class);

  private OpenFigures() {
    for (Engine.Kind engine : Engine.Kind.values()) {
      seconds.put(engine, new ArrayList<>());
    }
  }

  /** A partition of one large log after an unclean stop that lost the recovery point. */
  static void recovery(Plan plan) throws Exception {
    Figures.print(
        "recovery of %,d MB, recovery point lost, files in the page cache",
        plan.recoveryMegabytes());
    OpenFigures figures = new OpenFigures();
    try (Scratch scratch = Scratch.create()) {
      for (Engine.Kind engine : Engine.Kind.values()) {
        try (Engine log = engine.open(directory(scratch, engine), false)) {
          FilledLog unused =
              FilledLog.fill(log, RECORD_BYTES, (long) plan.recoveryMegabytes() << 20);
        }
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        Files.deleteIfExists(
            directory(scratch, Engine.Kind.SLUICE)
                .resolve("t-0")
                .resolve(PartitionCheckpoint.FILE_NAME));
        figures.round(round, scratch, 1, "unclean");
      }
    }
    figures.print();
  }

  /** Many partitions after a clean stop. */
  static void open(Plan plan) throws Exception {
    Figures.print(
        "opening %,d partitions of %d segments each after a clean stop", PARTITIONS, SEGMENTS);
    OpenFigures figures = new OpenFigures();
    try (Scratch scratch = Scratch.create()) {
      for (Engine.Kind engine : Engine.Kind.values()) {
        createMany(directory(scratch, engine), engine);
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        figures.round(round, scratch, PARTITIONS, "clean");
      }
    }
    figures.print();
  }

  private void round(int number, Scratch scratch, int count, String kind)
      throws IOException, InterruptedException {
    String load = Figures.load();
    for (Engine.Kind engine : Engine.Kind.values()) {
      String[] result =
          Child.run(
              OpenOnce.class,
              engine.name(),
              directory(scratch, engine).toString(),
              Integer.toString(count),
              kind);
      double time = Long.parseLong(result[0]) / NANOS;
      timesOf(engine).add(time);
      Figures.print(
          "round %d: %-6s %.2f s, %.1f MB of heap, %s threads more (%s)",
          number, engine, time, Long.parseLong(result[1]) / MEGA, result[2], load);
    }
  }

  private void print() {
    double ours = Figures.median(timesOf(Engine.Kind.SLUICE));
    double theirs = Figures.median(timesOf(Engine.Kind.KAFKA));
    Figures.print(
        "median: Sluice %.2f s, Kafka %.2f s, ratio %.2f (Kafka's time over ours)",
        ours, theirs, theirs / ours);
  }

  private List<Double> timesOf(Engine.Kind engine) {
    return seconds.computeIfAbsent(engine, kind -> new ArrayList<>());
  }

  /** Makes one partition and copies it: what counts is what lies there. */
  private static void createMany(Path directory, Engine.Kind engine) throws IOException {
    ByteBuffer batch = Batches.of(BATCH_RECORDS, RECORD_BYTES, Compression.NONE);
    try (Engine log = engine.open(directory, false)) {
      for (int i = 0; i < SEGMENTS; i++) {
        if (i > 0) {
          log.roll();
        }
        Object unused = log.append(batch).join();
      }
    }
    Path model = directory.resolve("t-0");
    for (int i = 1; i < PARTITIONS; i++) {
      Path copy = Files.createDirectory(directory.resolve("t-" + i));
      try (Stream<Path> files = Files.list(model)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Path unused = Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
  }

  private static Path directory(Scratch scratch, Engine.Kind engine) {
    return scratch.resolve(engine.name());
  }
}
