package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.Header;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterHeadersTest {

  private static StoredRecord stored(List<Header> headers) {
    return new StoredRecord(
        new TopicPartition("dead", 2), 7, 5, "k".getBytes(UTF_8), "v".getBytes(UTF_8), headers);
  }

  private static List<Header> ofSink(String connector, String topic) {
    return List.of(
        Header.of("__connect.errors.topic", topic),
        Header.of("__connect.errors.partition", "1"),
        Header.of("__connect.errors.offset", "41"),
        Header.of("__connect.errors.connector.name", connector),
        Header.of("__connect.errors.stage", "TASK_PUT"),
        Header.of("__connect.errors.exception.message", "Refused."),
        Header.of("__sluice.errors.code", "refused"),
        Header.of("__sluice.errors.time", "2026-01-01T00:00:00Z"));
  }

  @Test
  void understandsALetterOfASink() {
    List<Header> headers = new ArrayList<>(List.of(Header.of("trace", "abc")));
    headers.addAll(ofSink("warehouse", "orders"));
    Letter letter = LetterHeaders.letter(stored(headers)).orElseThrow();

    assertThat(letter.id()).hasToString("2:7");
    assertThat(letter.connector()).isEqualTo("warehouse");
    assertThat(letter.origin()).isEqualTo(new Passage.Origin("orders", 1, 41));
    assertThat(letter.error().code()).isEqualTo("refused");
    assertThat(letter.error().message()).isEqualTo("Refused.");
    assertThat(letter.error().time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(TestLetters.texts(letter.original().headers())).containsExactly("trace=abc");
    assertThat(letter.isWhole()).isTrue();
  }

  @Test
  void keepsTheHeadersOfALetterThatWasSetAsideOnceMore() {
    List<Header> first = ofSink("warehouse", "orders");
    List<Header> headers = new ArrayList<>(first);
    headers.addAll(ofSink("alarm", "warehouse.dead-letters"));
    Letter letter = LetterHeaders.letter(stored(headers)).orElseThrow();

    assertThat(letter.connector()).isEqualTo("alarm");
    assertThat(letter.original().headers()).isEqualTo(first);
  }

  @Test
  void aLetterOfASourceHasAPlaceAndNoOrigin() {
    Letter letter =
        LetterHeaders.letter(
                stored(
                    List.of(
                        Header.of("__connect.errors.topic", "one of the record's own"),
                        Header.of("own", "x"),
                        Header.of("__connect.errors.connector.name", "files"),
                        Header.of("__sluice.errors.code", "csv-malformed"),
                        Header.of("__sluice.place.file", "a.csv"),
                        Header.of("__sluice.place.line", "3"))))
            .orElseThrow();

    assertThat(letter.origin()).isNull();
    assertThat(letter.place()).containsEntry("file", "a.csv").containsEntry("line", "3");
    assertThat(letter.original().headers()).hasSize(2);
  }

  @Test
  void takesLettersOfOtherProgramsByTheirException() {
    Letter letter =
        LetterHeaders.letter(
                stored(
                    List.of(
                        Header.of("__connect.errors.connector.name", "theirs"),
                        Header.of("__connect.errors.exception.class.name", "a.B"),
                        Header.of("__sluice.errors.time", "yesterday"))))
            .orElseThrow();

    assertThat(letter.error().code()).isEqualTo("a.B");
    assertThat(letter.error().time()).isNull();
  }

  @Test
  void anotherRecordIsNone() {
    assertThat(LetterHeaders.letter(stored(List.of(Header.of("a", "b"))))).isEmpty();
  }
}
