package dev.sluice.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

  private static final TableName TABLE = new TableName(Optional.of("s"), "o\"`rders");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          jdbc:h2:mem:x        | merge into "s"."o""`rders" ("id", "name") key ("id") values (?, ?)
          jdbc:postgresql://h/d| insert into "s"."o""`rders" ("id", "name") values (?, ?) on conflict ("id") do update set "name" = excluded."name"
          jdbc:sqlite:x        | insert into `s`.`o"``rders` (`id`, `name`) values (?, ?) on conflict (`id`) do update set `name` = excluded.`name`
          jdbc:mysql://h/d     | insert into `s`.`o"``rders` (`id`, `name`) values (?, ?) as excluded on duplicate key update `name` = excluded.`name`
          jdbc:mariadb://h/d   | insert into `s`.`o"``rders` (`id`, `name`) values (?, ?) on duplicate key update `name` = values(`name`)
          """)
  void upsertsInEachDialect(String url, String sql) {
    assertThat(Dialect.of(url).upsert(TABLE, List.of("id", "name"), List.of("id"))).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource({"jdbc:h2:mem:x", "jdbc:postgresql:d", "jdbc:sqlite:x", "jdbc:mysql://h/d"})
  void aRowThatIsAllKeyHasAnUpsertToo(String url) {
    assertThat(Dialect.of(url).upsert(TABLE, List.of("id"), List.of("id")))
        .matches(".*\\((\"id\"|`id`)\\).*\\?.*");
  }

  @Test
  void keysOfNewTablesFitIntoAnIndex() {
    Map<String, FieldType> columns = new LinkedHashMap<>();
    columns.put("id", FieldType.TEXT);
    columns.put("n", FieldType.DECIMAL);
    columns.put("t", FieldType.TEXT);
    assertThat(Dialect.of("jdbc:mysql://h/d").createTable(TABLE, columns, List.of("id")))
        .contains("`id` varchar(255) not null")
        .contains("primary key (`id`)");
    assertThat(Dialect.of("jdbc:postgresql:d").createTable(TABLE, columns, List.of("id")))
        .contains("\"n\" numeric");
  }

  @Test
  void knowsWhatItCannotDo() {
    assertThat(Dialect.canUpsert("jdbc:nonsense:x")).isFalse();
  }
}
