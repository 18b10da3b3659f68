package dev.sluice.source.debezium;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.pipeline.notification.IncrementalSnapshotNotificationService;
import io.debezium.pipeline.notification.IncrementalSnapshotNotificationService.TableScanCompletionStatus;
import io.debezium.pipeline.notification.Notification;
import io.debezium.pipeline.notification.SnapshotStatus;
import io.debezium.pipeline.notification.channels.NotificationChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the engine which tables of a requested snapshot it passes over; the events themselves
 * can't tell. The engine makes it by ServiceLoader, so a task leaves its listener under the id of
 * its {@link PositionStore}. Thread-safe.
 */
public final class SnapshotNotices implements NotificationChannel {

  /** What a task does with what it hears. */
  @FunctionalInterface
  interface Listener {

    /** A table, {@code schema.table}, was passed over. */
    void failed(String table, String why);
  }

  /** The channel's name in the engine's property {@code notification.enabled.channels}. */
  static final String NAME = "sluice";

  private static final Map<String, Listener> LISTENERS = new ConcurrentHashMap<>();

  private volatile @Nullable Listener listener;

  /** For the engine, which calls {@link #init} next. */
  public SnapshotNotices() {}

  static void leave(String id, Listener listener) {
    LISTENERS.put(id, listener);
  }

  static void remove(String id) {
    LISTENERS.remove(id);
  }

  @Override
  public void init(CommonConnectorConfig config) {
    String id = config.getConfig().getString(PositionStore.ID_PROPERTY);
    listener = id == null ? null : LISTENERS.get(id);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void send(Notification notification) {
    Listener told = listener;
    Map<String, String> data = notification.getAdditionalData();
    if (told == null
        || data == null
        || !IncrementalSnapshotNotificationService.INCREMENTAL_SNAPSHOT.equals(
            notification.getAggregateType())
        || !SnapshotStatus.TABLE_SCAN_COMPLETED.name().equals(notification.getType())) {
      return;
    }
    String table = data.get(IncrementalSnapshotNotificationService.SCANNED_COLLECTION);
    String status = data.get(IncrementalSnapshotNotificationService.STATUS);
    if (table != null && status != null) {
      tell(told, table, TableScanCompletionStatus.valueOf(status));
    }
  }

  private static void tell(Listener listener, String table, TableScanCompletionStatus status) {
    switch (status) {
      case EMPTY, SUCCEEDED, SKIPPED -> {}
      case NO_PRIMARY_KEY -> listener.failed(table, "It has no primary key to read it by.");
      case SQL_EXCEPTION ->
          listener.failed(table, "The database refused to read it; the gateway's log says why.");
      case UNKNOWN_SCHEMA -> listener.failed(table, "Its columns could not be found out.");
    }
  }

  @Override
  public void close() {
    listener = null;
  }
}
