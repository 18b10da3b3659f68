package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourcePosition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code postgres-cdc}, typed. Contains the password; never print one.
 *
 * @param name the connector's name, made fit for identifiers of PostgreSQL and Debezium
 * @param tables what to capture, each {@code schema.table}, {@code *} standing for any characters;
 *     empty for all tables
 * @param publication an existing publication to use, or null for one of the connector's own
 * @param heartbeat how long after a change its position is stored if no other change follows
 * @param batchSize at most so many changes are handed over at once
 * @param bufferBytes about so many bytes of changes wait in memory before the database is asked to
 *     wait
 * @param debezium further Debezium properties, which override what is derived from the others
 */
record PostgresCdcConfig(
    String name,
    PostgresAddress address,
    String user,
    @Nullable String password,
    List<TablePattern> tables,
    String slot,
    @Nullable String publication,
    Snapshot snapshot,
    Format format,
    Times times,
    Duration heartbeat,
    int batchSize,
    long bufferBytes,
    Map<String, String> debezium) {

  /** What is read before streaming starts. */
  enum Snapshot {
    INITIAL("initial", "initial"),
    NEVER("never", "no_data"),
    ALWAYS("always", "always"),
    WHEN_NEEDED("when-needed", "when_needed"),
    ONLY("only", "initial_only");

    private final String option;
    private final String debezium;

    Snapshot(String option, String debezium) {
      this.option = option;
      this.debezium = debezium;
    }

    String option() {
      return option;
    }

    /** The value of Debezium's {@code snapshot.mode}. */
    String debezium() {
      return debezium;
    }

    private static Snapshot of(String option) {
      for (Snapshot snapshot : values()) {
        if (snapshot.option.equals(option)) {
          return snapshot;
        }
      }
      throw ConnectorException.configuration(
          "snapshot-unknown",
          "The option 'snapshot' knows no '" + option + "'.",
          "Use initial, never, always, when-needed or only.");
    }
  }

  /** What a record's value holds. */
  enum Format {
    /** Debezium's change event: before, after, source, op, ts_ms. */
    ENVELOPE,
    /** The row as it is now; a tombstone when it was deleted. */
    ROW
  }

  /** How dates and times are written. */
  enum Times {
    /** ISO 8601 text. */
    ISO,
    /** Numbers since the epoch, as Debezium has them. */
    EPOCH
  }

  /**
   * What the guarantees rest on, and what other options set; not to be changed by raw properties.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "name",
          "connector.class",
          "tasks.max",
          "topic.prefix",
          "offset.storage",
          "offset.flush.interval.ms",
          "lsn.flush.mode",
          "flush.lsn.source",
          "errors.max.retries",
          "tombstones.on.delete",
          "slot.drop.on.stop",
          "database.hostname",
          "database.port",
          "database.dbname",
          "database.user",
          "database.password",
          "slot.name",
          "publication.name",
          "snapshot.mode",
          "heartbeat.interval.ms",
          "topic.heartbeat.prefix",
          "max.batch.size",
          "max.queue.size.in.bytes",
          "table.include.list",
          "key.converter.class",
          "value.converter.class",
          PositionStore.ID_PROPERTY);

  /** How many rows somebody who looks gets at once. */
  private static final int LOOKED_AT_ROWS = 100;

  /** At most so many characters, PostgreSQL's limit for identifiers. */
  private static final int IDENTIFIER_LENGTH = 63;

  /**
   * Reads the options.
   *
   * @throws ConnectorException of category CONFIGURATION naming the option that is wrong
   */
  static PostgresCdcConfig of(String connector, Options options) {
    String name = identifier(connector);
    String slot = options.string("slot", cut("sluice_" + name));
    if (!slot.matches("[a-z0-9_]{1," + IDENTIFIER_LENGTH + "}")) {
      throw ConnectorException.configuration(
          "slot-invalid",
          "The option 'slot' holds '" + slot + "', which PostgreSQL does not take.",
          "Use at most 63 lower-case letters, digits and underscores.");
    }
    Duration heartbeat = options.duration("heartbeat");
    if (heartbeat.isZero() || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
      throw ConnectorException.configuration(
          "heartbeat-invalid",
          "The option 'heartbeat' must be between 1ms and 1h.",
          "Leave it at its default unless you know why.");
    }
    return new PostgresCdcConfig(
        name,
        PostgresAddress.parse(options.string("url")),
        options.string("user"),
        options.optionalString("password").orElse(null),
        options.strings("tables").stream().map(TablePattern::parse).toList(),
        slot,
        options.optionalString("publication").orElse(null),
        Snapshot.of(options.string("snapshot")),
        Format.valueOf(options.string("format").toUpperCase(Locale.ROOT)),
        Times.valueOf(options.string("times").toUpperCase(Locale.ROOT)),
        heartbeat,
        options.integer("batch-size"),
        options.sizeBytes("buffer"),
        raw(options.map("debezium")));
  }

  /** The publication that is read, whoever made it. */
  String publicationName() {
    return publication == null ? slot : publication;
  }

  /** Whether the rows that are there are read before streaming, if it goes on from the position. */
  boolean readsRowsFirst(@Nullable SourcePosition last) {
    Map<String, Object> offset = last == null ? null : last.offset();
    boolean streamed = offset != null && !RequestedTables.readsRowsFirst(offset);
    return switch (snapshot) {
      case INITIAL, WHEN_NEEDED -> !streamed;
      case ALWAYS, ONLY -> true;
      case NEVER -> false;
    };
  }

  /** The same for somebody who looks at a few rows. */
  PostgresCdcConfig looking() {
    return new PostgresCdcConfig(
        name,
        address,
        user,
        password,
        tables,
        slot,
        publication,
        Snapshot.ONLY,
        format,
        times,
        heartbeat,
        LOOKED_AT_ROWS,
        bufferBytes,
        debezium);
  }

  private static Map<String, String> raw(Map<String, Object> properties) {
    Set<String> reserved = new TreeSet<>(properties.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw ConnectorException.configuration(
          "debezium-property-reserved",
          "The option 'debezium' must not set " + String.join(", ", reserved) + ".",
          "Use the connector's own option for it; some properties are fixed because no change may"
              + " be lost.");
    }
    Map<String, String> texts = new TreeMap<>();
    properties.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static String identifier(String connector) {
    return connector.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
  }

  private static String cut(String identifier) {
    return identifier.length() <= IDENTIFIER_LENGTH
        ? identifier
        : identifier.substring(0, IDENTIFIER_LENGTH);
  }

  /** Without the password and without raw properties, which may hold secrets. */
  @Override
  public String toString() {
    return "PostgresCdcConfig[" + name + ", " + address + ", slot " + slot + "]";
  }
}
