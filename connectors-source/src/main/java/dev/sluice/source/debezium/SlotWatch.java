package dev.sluice.source.debezium;

import dev.sluice.connector.CaptureState.Slot;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then what the server keeps for the replication slot, on a thread and a connection
 * of its own, so that a server that is slow to answer holds nothing else up.
 */
final class SlotWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
  private static final Duration PACE = Duration.ofSeconds(10);

  /** The engine takes the slot a moment after the watch begins. */
  private static final Duration UNTIL_ACTIVE = Duration.ofSeconds(1);

  /**
   * Each look is a new connection, so who does not take the slot is not looked at so often for
   * long.
   */
  private static final int EARLY_LOOKS = 60;

  private static final String QUERY =
      "SELECT s.active, coalesce(n.lsn - s.confirmed_flush_lsn, 0)::bigint,"
          + " coalesce(n.lsn - s.restart_lsn, 0)::bigint,"
          + " to_jsonb(s) ->> 'wal_status'"
          + " FROM pg_catalog.pg_replication_slots s, (SELECT CASE"
          + " WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_receive_lsn()"
          + " ELSE pg_catalog.pg_current_wal_lsn() END AS lsn) n WHERE s.slot_name = ?";

  private final PostgresCdcConfig config;
  private final Clock clock;
  private final Consumer<Slot> told;
  private final Thread thread;

  private SlotWatch(PostgresCdcConfig config, Clock clock, Consumer<Slot> told) {
    this.config = config;
    this.clock = clock;
    this.told = told;
    this.thread =
        Thread.ofVirtual().name("sluice-slot-" + config.slot()).unstarted(this::lookNowAndThen);
  }

  /**
   * Starts looking.
   *
   * @param told gets what was seen, on the watch's thread
   */
  static SlotWatch start(PostgresCdcConfig config, Clock clock, Consumer<Slot> told) {
    SlotWatch watch = new SlotWatch(config, clock, told);
    watch.thread.start();
    return watch;
  }

  private void lookNowAndThen() {
    try {
      for (int looks = 1; !Thread.currentThread().isInterrupted(); looks++) {
        Thread.sleep(pause(look(), looks));
      }
    } catch (InterruptedException closed) {
      LOG.trace("The slot is watched no more.", closed);
    }
  }

  /**
   * How long to wait for the next look.
   *
   * @param isInUse whether the slot was seen in use
   * @param looks how often was looked by now
   */
  static Duration pause(boolean isInUse, int looks) {
    return isInUse || looks >= EARLY_LOOKS ? PACE : UNTIL_ACTIVE;
  }

  /** Whether the slot was seen in use. */
  private boolean look() {
    try (Inquiry inquiry = Inquiry.open(config)) {
      List<Slot> found =
          inquiry.rows(
              row ->
                  new Slot(
                      config.slot(),
                      row.getBoolean(1),
                      row.getLong(2),
                      row.getLong(3),
                      row.getString(4),
                      clock.instant()),
              QUERY,
              config.slot());
      found.forEach(told);
      return found.stream().anyMatch(Slot::active);
    } catch (SQLException e) {
      // What is wrong with the database shows at the task; the slot is looked at again later.
      LOG.debug("The replication slot {} can't be looked at.", config.slot(), e);
      return true;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
