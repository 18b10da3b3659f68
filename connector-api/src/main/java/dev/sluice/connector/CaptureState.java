package dev.sluice.connector;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a change capture has come.
 *
 * @param phase what it does now
 * @param tables what is captured as far as it was there at the start, each {@code schema.table}; of
 *     very many only some
 * @param snapshots of each table that was or is being read as a whole, how far; in the order in
 *     which they are read; of very many only some
 * @param position where it stands in the database's log, in the database's own words, or null
 *     before the first event
 * @param lastChangeAt when the newest change that came was committed, by the database's clock, or
 *     null
 * @param lastEventAt when something, be it a sign of life, came last, or null
 * @param slot what the database keeps for it, or null if that is not known yet
 */
public record CaptureState(
    Phase phase,
    List<String> tables,
    List<TableSnapshot> snapshots,
    @Nullable String position,
    @Nullable Instant lastChangeAt,
    @Nullable Instant lastEventAt,
    @Nullable Slot slot) {

  /** Copies the lists. */
  public CaptureState {
    tables = List.copyOf(tables);
    snapshots = List.copyOf(snapshots);
  }

  /** The state of a capture that does not tell its tables. */
  public CaptureState(
      Phase phase,
      List<TableSnapshot> snapshots,
      @Nullable String position,
      @Nullable Instant lastChangeAt,
      @Nullable Instant lastEventAt,
      @Nullable Slot slot) {
    this(phase, List.of(), snapshots, position, lastChangeAt, lastEventAt, slot);
  }

  /** What a capture does. */
  public enum Phase {
    /** It connects. */
    STARTING,
    /** It reads the rows that were there before; changes wait at the database. */
    SNAPSHOT,
    /** It follows changes, possibly with a requested snapshot among them. */
    STREAMING
  }

  /** Why a table is read as a whole. */
  public enum Reason {
    /** Before streaming. */
    INITIAL,
    /** Because somebody asked, see {@link ChangeCapture#requestSnapshot}. */
    REQUESTED
  }

  /** How a table's snapshot stands. */
  public enum Status {
    WAITING,
    READING,
    DONE,
    FAILED
  }

  /**
   * The snapshot of one table.
   *
   * @param table {@code schema.table}
   * @param rows rows handed over since the process or the snapshot began, whichever was later
   * @param estimatedRows about how many the table has, or null if the database does not know
   * @param note what people should know, such as why it failed, or null
   */
  public record TableSnapshot(
      String table,
      Reason reason,
      Status status,
      long rows,
      @Nullable Long estimatedRows,
      @Nullable String note) {}

  /**
   * What a database keeps for a capture until it is confirmed.
   *
   * @param active whether somebody reads from it
   * @param lagBytes how much of the database's log is not confirmed, in bytes
   * @param retainedBytes how much of it the database must keep on disk, in bytes
   * @param status the database's word for how safe that is, such as {@code reserved} or {@code
   *     lost}, or null
   * @param at when this was seen
   */
  public record Slot(
      String name,
      boolean active,
      long lagBytes,
      long retainedBytes,
      @Nullable String status,
      Instant at) {}
}
