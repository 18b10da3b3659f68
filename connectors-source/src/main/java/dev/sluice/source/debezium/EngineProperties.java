package dev.sluice.source.debezium;

import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Translates the connector's options to Debezium's properties. Those that the guarantees rest on:
 * offsets come from {@link PositionStore}; the slot is confirmed by the connector alone, never by
 * the driver's keep-alive messages; the engine does not retry by itself, so that trouble shows at
 * once and the runtime decides.
 */
final class EngineProperties {

  /** What precedes the topics of heartbeat records. */
  static final String HEARTBEAT_TOPICS = "__sluice-heartbeat";

  /**
   * How long the change queue waits for a full batch, and the reader for new data when there was
   * none: the upper bound of the latency that batching adds, in milliseconds.
   */
  private static final int POLL_INTERVAL_MILLIS = 25;

  private static final int QUEUED_BATCHES = 4;

  private EngineProperties() {}

  /**
   * For an engine that captures.
   *
   * @param readOnlySnapshots whether the server can place the rows of a requested snapshot among
   *     the changes without a table to signal in
   */
  static Properties of(PostgresCdcConfig config, String storeId, boolean readOnlySnapshots) {
    Properties properties = of(config, storeId);
    properties.putIfAbsent("read.only", String.valueOf(readOnlySnapshots));
    properties.putIfAbsent("notification.enabled.channels", SnapshotNotices.NAME);
    return properties;
  }

  /** For an engine that reads rows and leaves no trace, see {@link PreviewTask}. */
  static Properties looking(PostgresCdcConfig config, String storeId) {
    Properties properties = of(config, storeId);
    properties.remove("heartbeat.action.query");
    properties.put("publication.autocreate.mode", "disabled");
    // Waits for nobody's transaction.
    properties.put("snapshot.isolation.mode", "repeatable_read");
    properties.put("snapshot.fetch.size", String.valueOf(config.batchSize()));
    // The running connector has metrics under the same name, which a newcomer would wait for.
    properties.put("custom.metric.tags", "look=" + storeId);
    String options = config.address().parameters().getOrDefault("options", "");
    properties.put("driver.options", (options + " -c default_transaction_read_only=on").strip());
    return properties;
  }

  private static Properties of(PostgresCdcConfig config, String storeId) {
    Properties properties = new Properties();
    properties.put("name", config.name());
    properties.put("topic.prefix", config.name());
    properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.put("tasks.max", "1");
    connection(config, properties);
    replication(config, properties);
    flow(config, properties);
    values(config, properties);
    properties.put("offset.storage", PositionStore.class.getName());
    properties.put(PositionStore.ID_PROPERTY, storeId);
    properties.putAll(config.debezium());
    return properties;
  }

  private static void connection(PostgresCdcConfig config, Properties properties) {
    PostgresAddress address = config.address();
    properties.put("database.hostname", address.host());
    properties.put("database.port", String.valueOf(address.port()));
    properties.put("database.dbname", address.database());
    properties.put("database.user", config.user());
    String password = config.password();
    if (password != null) {
      properties.put("database.password", password);
    }
    properties.put("driver.connectTimeout", "10");
    // Debezium knows the driver's TLS parameters by names of its own, which would win.
    address
        .parameters()
        .forEach(
            (name, value) ->
                properties.put((name.startsWith("ssl") ? "database." : "driver.") + name, value));
  }

  private static void replication(PostgresCdcConfig config, Properties properties) {
    properties.put("plugin.name", "pgoutput");
    properties.put("slot.name", config.slot());
    // Nobody but the connector may move the slot: see the invariant ack-after-durable.
    properties.put("lsn.flush.mode", "connector");
    properties.put("slot.drop.on.stop", "false");
    properties.put("publication.name", config.publicationName());
    properties.put(
        "publication.autocreate.mode", config.publication() == null ? "filtered" : "disabled");
    properties.put("snapshot.mode", config.snapshot().debezium());
    if (!config.tables().isEmpty()) {
      properties.put(
          "table.include.list",
          config.tables().stream().map(TablePattern::regex).collect(Collectors.joining(",")));
    }
    properties.put("heartbeat.interval.ms", String.valueOf(config.heartbeat().toMillis()));
    properties.put("topic.heartbeat.prefix", HEARTBEAT_TOPICS);
  }

  private static void flow(PostgresCdcConfig config, Properties properties) {
    properties.put("max.batch.size", String.valueOf(config.batchSize()));
    properties.put("max.queue.size", String.valueOf(config.batchSize() * QUEUED_BATCHES));
    properties.put("max.queue.size.in.bytes", String.valueOf(config.bufferBytes()));
    properties.put("poll.interval.ms", String.valueOf(POLL_INTERVAL_MILLIS));
    // After a crash the server may need a moment to see that the slot is free.
    properties.put("slot.max.retries", "2");
    properties.put("slot.retry.delay.ms", "1000");
    properties.put("errors.max.retries", "0");
    properties.put(
        "internal.task.management.timeout.ms", String.valueOf(EngineRun.START_LIMIT.toMillis()));
    properties.put("executor.shutdown.timeout.ms", "2000");
  }

  private static void values(PostgresCdcConfig config, Properties properties) {
    properties.put("key.converter.class", ChangeJsonConverter.class.getName());
    properties.put("value.converter.class", ChangeJsonConverter.class.getName());
    properties.put("converter." + ChangeJsonConverter.FORMAT_PROPERTY, config.format().name());
    properties.put("converter." + ChangeJsonConverter.TIMES_PROPERTY, config.times().name());
    if (config.times() == PostgresCdcConfig.Times.ISO) {
      properties.put("interval.handling.mode", "string");
    }
    // In the format row the event of a delete is the tombstone.
    properties.put(
        "tombstones.on.delete",
        String.valueOf(config.format() == PostgresCdcConfig.Format.ENVELOPE));
  }
}
