package dev.sluice.gateway.rest.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.group.ResetPlan.Change;
import dev.sluice.gateway.rest.group.ResetPlan.Standing;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResetPlanTest {

  private static final TopicPartition P = new TopicPartition("orders", 0);

  @Test
  void movesToTheEndsOfTheLog() {
    assertThat(only(new ResetTarget.Earliest(), 40L)).isEqualTo(change(40L, 10, false));
    assertThat(only(new ResetTarget.Latest(), 40L)).isEqualTo(change(40L, 100, false));
  }

  @Test
  void movesToATimeOrAnOffsetAndByAnAmount() {
    assertThat(only(new ResetTarget.Time(77), 40L)).isEqualTo(change(40L, 77, false));
    assertThat(only(new ResetTarget.Offset(50), 40L)).isEqualTo(change(40L, 50, false));
    assertThat(only(new ResetTarget.Shift(-5), 40L)).isEqualTo(change(40L, 35, false));
    assertThat(only(new ResetTarget.Shift(5), 40L)).isEqualTo(change(40L, 45, false));
  }

  @Test
  void staysWithinTheLogAndSaysSo() {
    assertThat(only(new ResetTarget.Offset(5), 40L)).isEqualTo(change(40L, 10, true));
    assertThat(only(new ResetTarget.Shift(Long.MAX_VALUE), 40L)).isEqualTo(change(40L, 100, true));
    assertThat(only(new ResetTarget.Shift(Long.MIN_VALUE), 40L)).isEqualTo(change(40L, 10, true));
  }

  @Test
  void countsWhatIsReadAgainAndWhatIsSkipped() {
    Change back = only(new ResetTarget.Earliest(), 40L);
    assertThat(back.again()).isEqualTo(30);
    assertThat(back.skipped()).isZero();
    Change ahead = only(new ResetTarget.Latest(), 40L);
    assertThat(ahead.again()).isZero();
    assertThat(ahead.skipped()).isEqualTo(60);
    assertThat(only(new ResetTarget.Latest(), 2L).skipped())
        .as("what retention has deleted is not skipped by the reset")
        .isEqualTo(90);
  }

  @Test
  void givesAPositionToPartitionsWithoutOneUnlessThereIsNothingToShift() {
    assertThat(only(new ResetTarget.Latest(), null)).isEqualTo(change(null, 100, false));
    ResetPlan shift = plan(new ResetTarget.Shift(-5), null);
    assertThat(shift.changes()).isEmpty();
    assertThat(shift.unchanged()).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatIsThereAlready() {
    ResetPlan plan = plan(new ResetTarget.Latest(), 100L);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.unchanged()).isEqualTo(1);
  }

  @Test
  void neverLeavesTheLogWhateverIsAskedFor() {
    Random random = new Random(20260721);
    for (int i = 0; i < 10_000; i++) {
      ResetTarget target =
          switch (random.nextInt(3)) {
            case 0 -> new ResetTarget.Shift(random.nextLong());
            case 1 -> new ResetTarget.Offset(random.nextLong(Long.MAX_VALUE));
            default -> new ResetTarget.Shift(random.nextInt(-200, 200));
          };
      for (Change change : plan(target, random.nextLong(0, 200)).changes()) {
        assertThat(change.to()).as("%s", target).isBetween(10L, 100L);
        assertThat(change.again()).isNotNegative();
        assertThat(change.skipped()).isNotNegative();
      }
    }
  }

  private static Change change(@Nullable Long from, long to, boolean isClamped) {
    return new Change(P, from, to, 10, 100, isClamped);
  }

  private static Change only(ResetTarget target, @Nullable Long committed) {
    return plan(target, committed).changes().getFirst();
  }

  private static ResetPlan plan(ResetTarget target, @Nullable Long committed) {
    return ResetPlan.of(target, List.of(new Standing(P, committed, 10, 100)), partition -> 77);
  }
}
