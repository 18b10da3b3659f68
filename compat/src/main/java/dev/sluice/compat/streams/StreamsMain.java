package dev.sluice.compat.streams;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The application as a process: {@code StreamsMain BOOTSTRAP STATE_DIRECTORY PROTOCOL}. Runs until
 * it is killed; each record counts exactly once however often that is.
 */
public final class StreamsMain {

  /** What the server has to know of its group, so that the dead are missed soon. */
  static final Map<ConfigResource, Collection<AlterConfigOp>> GROUP_SETTINGS =
      Map.of(
          new ConfigResource(ConfigResource.Type.GROUP, "compat"),
          List.of(
              setting("streams.session.timeout.ms", "6000"),
              setting("streams.heartbeat.interval.ms", "1000")));

  private StreamsMain() {}

  private static AlterConfigOp setting(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  /** Runs. */
  public static void main(String[] arguments) throws InterruptedException {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "compat");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments[1]);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    // Much is sent, and little committed, whenever this is killed.
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 400);
    settings.put(StreamsConfig.producerPrefix("linger.ms"), 0);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, arguments[2]);
    if (arguments[2].equals("classic")) {
      settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
    }
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    KafkaStreams streams = new KafkaStreams(StreamsTopology.build(), settings);
    streams.setUncaughtExceptionHandler(
        failure -> {
          failure.printStackTrace();
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    streams.setStateListener((now, before) -> System.out.println("State " + now));
    streams.start();
    new CountDownLatch(1).await();
  }
}
