package dev.sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Capture from PostgreSQL 18 into a topic, beside the bare engine ({@link BareEngine}), in turn on
 * the same server: first the snapshot of a table, then, in a new process, a backlog of as many
 * inserts from the replication slot. Of each, the second half of the events is timed: the first
 * half would compare when the two begin to be watched, and how cold their JVMs are then. Arguments:
 * how many rows, how many rounds; by default 300,000 and 3.
 */
final class PostgresCdc {

  private static final String DROP_SLOT = "select pg_drop_replication_slot('%s')";

  private final Postgres postgres;
  private final int rows;
  private final Map<String, List<Double>> rates = new TreeMap<>();

  private PostgresCdc(Postgres postgres, int rows) {
    this.postgres = postgres;
    this.rows = rows;
  }

  /** Runs one process to the end of what there is. */
  private interface Run {
    double eventsPerSecond() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Figures.print("postgres-cdc: %,d rows, %s", rows, Figures.machine());
    try (Postgres postgres = Postgres.start()) {
      PostgresCdc bench = new PostgresCdc(postgres, rows);
      for (int round = 1; round <= rounds; round++) {
        bench.gateway(round);
        bench.bare(round);
      }
      bench.summary("snapshot");
      bench.summary("stream");
    }
  }

  private void summary(String phase) {
    double ours = Figures.median(rates.getOrDefault("gateway " + phase, List.of()));
    double bare = Figures.median(rates.getOrDefault("bare " + phase, List.of()));
    Figures.print(
        "median %s: %,.0f events/s, bare engine %,.0f events/s, ratio %.2f",
        phase, ours, bare, ours / bare);
  }

  private void gateway(int round) throws Exception {
    try (Scratch scratch = Scratch.create()) {
      Path config = scratch.resolve("gateway.yaml");
      String slot = "gateway" + round;
      Files.writeString(config, config(slot));
      GatewayOptions options = new GatewayOptions(config, scratch.resolve("data"));
      phases(round, "gateway", slot, expected -> run(options, expected));
    }
  }

  private void bare(int round) throws Exception {
    try (Scratch scratch = Scratch.create()) {
      String slot = "bare" + round;
      Path offsets = scratch.resolve("offsets");
      phases(round, "bare", slot, expected -> runBare(slot, offsets));
    }
  }

  /** Takes in records until a topic holds so many in all. */
  private interface Capture {
    double eventsPerSecond(long expected) throws Exception;
  }

  private void phases(int round, String name, String slot, Capture capture) throws Exception {
    postgres.sql("drop table if exists orders");
    postgres.sql(
        "create table orders (id int primary key, customer text, product text, quantity int,"
            + " amount numeric(10, 2), status text, placed_at timestamptz)");
    insert(0);
    measured(round, name + " snapshot", () -> capture.eventsPerSecond(rows));
    insert(rows);
    measured(round, name + " stream", () -> capture.eventsPerSecond(2L * rows));
    postgres.sql(
        "select pg_terminate_backend(active_pid, 10000) from pg_replication_slots"
            + " where active_pid is not null");
    postgres.sql(DROP_SLOT.formatted(slot));
    postgres.sql("drop publication if exists " + slot);
  }

  /** One transaction for every 1,000 rows, as a busy application would have it. */
  private void insert(int from) throws Exception {
    postgres.sql(
        """
        do $$ begin
          for chunk in 0..%d loop
            insert into orders
              select i, 'customer-' || i %% 10000, 'product-' || i %% 500, 1 + i %% 9,
                10 + i %% 490 + 0.25, 'open', now()
              from generate_series(%d + chunk * 1000, %d + least(chunk * 1000 + 999, %d)) i;
            commit;
          end loop;
        end $$
        """
            .formatted((rows - 1) / 1000, from, from, rows - 1));
    postgres.sql("checkpoint");
  }

  private void measured(int round, String name, Run run) throws Exception {
    String load = Figures.load();
    double rate = run.eventsPerSecond();
    rates.computeIfAbsent(name, unseen -> new ArrayList<>()).add(rate);
    Figures.print("round %d: %s: %,.0f events/s (%s)", round, name, rate, load);
  }

  private double run(GatewayOptions options, long expected)
      throws IOException, InterruptedException {
    try (Gateway gateway = Gateway.start(options)) {
      Gateway.Seen first = gateway.awaitEnd("orders", expected - rows / 2);
      Gateway.Seen last = gateway.awaitEnd("orders", expected);
      Duration time = last.since(first.nanos());
      return Figures.perSecond(last.count() - first.count(), time);
    }
  }

  private double runBare(String slot, Path offsets) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(GatewayOptions.sharedJvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BareEngine.class.getName());
    command.addAll(
        List.of(String.valueOf(postgres.port()), slot, offsets.toString(), String.valueOf(rows)));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path log = offsets.resolveSibling("bare.log");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    try (BufferedReader output = process.inputReader()) {
      String last = "";
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
      }
      if (process.waitFor() != 0) {
        throw new IOException("The bare engine failed: " + Files.readString(log));
      }
      return Double.parseDouble(last);
    }
  }

  private String config(String slot) {
    return """
        topics: {orders: {}}
        connectors:
          %s:
            source: postgres-cdc
            topic: orders
            config:
              url: "postgresql://localhost:%d/%s"
              user: %s
              tables: [public.orders]
              slot: %s
        """
        .formatted(slot, postgres.port(), Postgres.DATABASE, Postgres.USER, slot);
  }
}
