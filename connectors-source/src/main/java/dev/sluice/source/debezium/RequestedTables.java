package dev.sluice.source.debezium;

import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.PostgresReadOnlyIncrementalSnapshotContext;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a requested snapshot as part of a position. The engine keeps there which tables it
 * has yet to read and behind which key it goes on, and takes that up whenever it starts; so to put
 * a table in is to ask for it, and what was asked for can't be forgotten.
 */
final class RequestedTables {

  private static final String TABLES =
      PostgresReadOnlyIncrementalSnapshotContext.INCREMENTAL_SNAPSHOT_KEY + "_collections";

  private RequestedTables() {}

  /** Whether the snapshot before streaming has rows left behind this position. */
  static boolean readsRowsFirst(Map<String, ?> offset) {
    return offset.containsKey(AbstractSourceInfo.SNAPSHOT_KEY)
        && !Boolean.TRUE.equals(offset.get(SourceInfo.LAST_SNAPSHOT_RECORD_KEY));
  }

  /** The tables as the engine writes them, to see whether they have changed; null if none. */
  static @Nullable String written(Map<String, ?> offset) {
    return offset.get(TABLES) instanceof String written ? written : null;
  }

  /** The tables that are yet to be read, {@code schema.table}, the one at hand first. */
  static List<String> of(Map<String, ?> offset) {
    return written(offset) == null
        ? List.of()
        : PostgresReadOnlyIncrementalSnapshotContext.<TableId>load(offset)
            .getDataCollections()
            .stream()
            .map(collection -> collection.getId().identifier())
            .toList();
  }

  /**
   * The position with further tables behind those that are in it.
   *
   * @param request names the request in the engine's log
   */
  static Map<String, Object> added(
      Map<String, Object> offset, List<CapturedTable> tables, String request) {
    PostgresReadOnlyIncrementalSnapshotContext<TableId> context =
        PostgresReadOnlyIncrementalSnapshotContext.load(offset);
    Object[] reached = context.chunkEndPosititon();
    if (reached != null) {
      // Storing keeps the key that was sent last, which loading leaves out.
      context.sendEvent(reached);
    }
    List<String> known = of(offset);
    List<String> names =
        tables.stream()
            .map(CapturedTable::qualified)
            .filter(name -> !known.contains(name))
            .toList();
    var unused = context.addDataCollectionNamesToSnapshot(request, names, List.of(), "");
    return context.store(new HashMap<>(offset));
  }
}
