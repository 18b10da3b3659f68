package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.LogException;
import dev.sluice.log.StorageException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.junit.jupiter.api.Test;

class TranslationTest {

  @Test
  void whatPassesForKafkaPassesHereToo() {
    LogException translated =
        Translation.exception(new CoordinatorNotAvailableException("The disk is full"));
    assertThat(translated.code()).isEqualTo(LogException.Code.PARTITION_OFFLINE);
    assertThat(translated.code().retriable()).isTrue();
    assertThat(translated).hasMessage("The disk is full");
  }

  @Test
  void aFencedProducerHasLostItsTransaction() {
    assertThat(
            Translation.exception(
                    new StorageException(
                        StorageException.Code.PRODUCER_FENCED, "Fenced", "Begin anew"))
                .code())
        .isEqualTo(LogException.Code.TRANSACTION_LOST);
  }

  @Test
  void whatCannotBeReadOfAnAvailablePartitionIsAPlaceOfIt() {
    StorageException rot =
        new StorageException(StorageException.Code.CORRUPT, "Damaged bytes", "Read on");
    assertThat(Translation.readException(rot).code()).isEqualTo(LogException.Code.PLACE_DAMAGED);
    assertThat(Translation.exception(rot).code()).isEqualTo(LogException.Code.PARTITION_OFFLINE);
    StorageException gone =
        new StorageException(StorageException.Code.OFFLINE, "Offline", "Reopen it");
    assertThat(Translation.readException(gone).code())
        .isEqualTo(LogException.Code.PARTITION_OFFLINE);
  }

  @Test
  void futuresDontHideWhatFailed() {
    IllegalStateException failure = new IllegalStateException("no");
    assertThat(Translation.unwrapped(new CompletionException(failure))).isSameAs(failure);
    assertThat(Translation.unwrapped(failure)).isSameAs(failure);
  }
}
