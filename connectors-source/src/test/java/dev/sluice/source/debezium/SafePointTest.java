package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafePointTest {

  private final SafePoint<Map<String, ?>> safePoint = new SafePoint<>(offset -> offset);

  @Test
  void aSequenceNumberIsSafeWhenAnotherFollows() {
    assertThat(safePoint.after(List.of(change(1), change(1), change(2), change(2))))
        .isEqualTo(change(1));
    assertThat(safePoint.after(List.of(change(2), change(2)))).isNull();
    assertThat(safePoint.after(List.of(change(3)))).isEqualTo(change(2));
  }

  @Test
  void aCommitIsSafeByItself() {
    assertThat(safePoint.after(List.of(change(1), commit(2)))).isEqualTo(commit(2));
  }

  @Test
  void aSnapshotsRecordsAreSafeAtOnce() {
    Map<String, ?> record = Map.of("lsn", 1L, "snapshot", "INITIAL");
    assertThat(safePoint.after(List.of(record, record))).isEqualTo(record);
  }

  @Test
  void theSamePositionIsNotReportedTwice() {
    assertThat(safePoint.after(List.of(commit(1)))).isEqualTo(commit(1));
    assertThat(safePoint.after(List.of(commit(1)))).isNull();
    assertThat(safePoint.after(List.of(change(5)))).isNull();
    assertThat(safePoint.after(List.of(commit(6)))).isEqualTo(commit(6));
  }

  private static Map<String, ?> change(long lsn) {
    return Map.of("lsn", lsn, "messageType", "INSERT");
  }

  private static Map<String, ?> commit(long lsn) {
    return Map.of("lsn", lsn, "messageType", "COMMIT");
  }
}
