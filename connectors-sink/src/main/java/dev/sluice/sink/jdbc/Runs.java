package dev.sluice.sink.jdbc;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans in what order changes are written. The result is runs of one statement each, which leave
 * the tables as if the changes had been carried out one by one.
 *
 * <p>Changes with a key are first thinned out to the last one of each key, where that one hides the
 * earlier ones. Then no key occurs twice, so the order between keys is free, and changes of the
 * same statement come together, deletions first. Inserts without a key keep their order.
 *
 * <p>Across keys this is another order than the log's. Should a constraint object to that, the
 * writer splits the batch, down to single changes in the log's order.
 */
final class Runs {

  /** Changes of one row of one table. */
  private record RowId(TargetTable table, List<@Nullable Object> key) {}

  private final List<List<BoundChange>> runs = new ArrayList<>();
  private final Map<RowId, BoundChange> pending = new LinkedHashMap<>();
  private final Map<TargetTable, List<TargetColumn>> keys = new IdentityHashMap<>();

  private Runs() {}

  /** Plans the changes, given in the log's order. */
  static List<List<BoundChange>> of(List<BoundChange> changes) {
    Runs plan = new Runs();
    for (BoundChange change : changes) {
      if (change.statement().key().isEmpty()) {
        plan.insert(change);
      } else {
        plan.keyed(change);
      }
    }
    plan.flush();
    return plan.runs;
  }

  private void insert(BoundChange change) {
    flush();
    List<BoundChange> last = runs.isEmpty() ? List.of() : runs.getLast();
    if (last.isEmpty() || last.getFirst().statement() != change.statement()) {
      runs.add(new ArrayList<>());
    }
    runs.getLast().add(change);
  }

  private void keyed(BoundChange change) {
    RowStatement statement = change.statement();
    List<TargetColumn> key = keys.putIfAbsent(statement.table(), statement.key());
    if (key != null && !key.equals(statement.key())) {
      // Rows named by different columns may be the same row.
      flush();
      keys.put(statement.table(), statement.key());
    }
    RowId row = new RowId(statement.table(), change.keyValues());
    BoundChange earlier = pending.get(row);
    if (earlier != null && !statement.hides(earlier.statement())) {
      flush();
    }
    pending.put(row, change);
  }

  private void flush() {
    Map<RowStatement, List<BoundChange>> byStatement = new LinkedHashMap<>();
    for (BoundChange change : pending.values()) {
      byStatement.computeIfAbsent(change.statement(), statement -> new ArrayList<>()).add(change);
    }
    pending.clear();
    byStatement.values().stream().filter(Runs::deletes).forEach(runs::add);
    byStatement.values().stream().filter(run -> !deletes(run)).forEach(runs::add);
  }

  private static boolean deletes(List<BoundChange> run) {
    return run.getFirst().statement().kind() == RowStatement.Kind.DELETE;
  }
}
