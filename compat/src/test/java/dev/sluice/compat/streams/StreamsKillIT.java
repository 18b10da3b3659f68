package dev.sluice.compat.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compat.JavaProcess;
import dev.sluice.compat.KillableBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.GroupType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Kafka Streams application under {@code exactly_once_v2}, with broker and application killed in
 * turns: every count appears exactly once and in order, every payment is joined exactly once, and
 * the sums are exact.
 */
class StreamsKillIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = Boolean.getBoolean("long") ? 20 : 2;
  private static final int PER_ROUND = 1000;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void everythingCountsExactlyOnceThoughAllAreKilled(String protocol) throws Exception {
    long seed = Long.getLong("seed", 20261120L);
    System.out.println("seed=" + seed + ", rounds=" + ROUNDS);
    Random random = new Random(seed);
    JavaProcess application = null;
    try (KillableBroker broker = KillableBroker.start(directory);
        ExecutorService sender = Executors.newSingleThreadExecutor()) {
      String bootstrap = broker.bootstrap();
      createTopics(bootstrap);
      application = startApplication(bootstrap, protocol);
      StreamsInput input = new StreamsInput(bootstrap, random);
      for (int round = 0; round < ROUNDS; round++) {
        Future<@Nullable Void> sending = sender.submit(() -> send(input));
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(600));
        broker.kill();
        broker.restart();
        awaitSent(sending);
        sending = sender.submit(() -> send(input));
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(600));
        application.kill();
        application = startApplication(bootstrap, protocol);
        awaitSent(sending);
      }
      input.send(PER_ROUND);
      input.close();

      StreamsOutput output =
          StreamsOutput.readUntil(bootstrap, input.expected(), PATIENCE.multipliedBy(2));

      assertThat(output.counts()).as("counts by word").isEqualTo(input.expected().counts());
      assertThat(output.paid()).as("joined pairs").isEqualTo(input.expected().paid());
      assertThat(output.regions()).as("sums by region").isEqualTo(input.expected().regions());
      assertThat(groupType(bootstrap)).isEqualTo(GroupType.parse(protocol));
    } finally {
      if (application != null) {
        application.close();
      }
    }
  }

  private static @Nullable Void send(StreamsInput input)
      throws ExecutionException, InterruptedException {
    input.send(PER_ROUND);
    return null;
  }

  private static void awaitSent(Future<@Nullable Void> sending)
      throws ExecutionException, InterruptedException {
    @Nullable Void unused = sending.get();
  }

  private JavaProcess startApplication(String bootstrap, String protocol)
      throws InterruptedException {
    Path output = directory.resolve("application-" + System.nanoTime() + ".log");
    JavaProcess started =
        JavaProcess.start(
            StreamsMain.class,
            output,
            List.of("-Xmx256m"),
            List.of(bootstrap, directory.resolve("state").toString(), protocol));
    started.awaitOutput("State RUNNING", PATIENCE);
    return started;
  }

  private static GroupType groupType(String bootstrap)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return admin.listGroups().all().get().stream()
          .filter(group -> group.groupId().equals("compat"))
          .findFirst()
          .flatMap(GroupListing::type)
          .orElseThrow();
    }
  }

  private static void createTopics(String bootstrap)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Void unused =
          admin
              .createTopics(
                  List.of(
                      new NewTopic(StreamsTopology.LINES, 3, (short) 1),
                      new NewTopic(StreamsTopology.COUNTS, 1, (short) 1),
                      new NewTopic(StreamsTopology.ORDERS, 2, (short) 1),
                      new NewTopic(StreamsTopology.PAYMENTS, 2, (short) 1),
                      new NewTopic(StreamsTopology.PAID, 1, (short) 1),
                      new NewTopic(StreamsTopology.BALANCES, 2, (short) 1),
                      new NewTopic(StreamsTopology.REGIONS, 1, (short) 1)))
              .all()
              .get();
      unused = admin.incrementalAlterConfigs(StreamsMain.GROUP_SETTINGS).all().get();
    }
  }
}
