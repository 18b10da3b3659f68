package dev.sluice.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Connectors know the SPI and their own library, never each other, the broker or the gateway. */
@AnalyzeClasses(packages = "dev.sluice.sink", importOptions = ImportOption.DoNotIncludeTests.class)
class SinkRulesTest {

  @ArchTest
  static final ArchRule kindsDontKnowEachOther =
      slices()
          .matching("dev.sluice.sink.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              JavaClass.Predicates.resideInAPackage("dev.sluice.sink.support.."));

  @ArchTest
  static final ArchRule theSpiIsAllTheySeeOfUs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.log..", "dev.sluice.broker..", "dev.sluice.gateway..", "io.quarkus..");
}
