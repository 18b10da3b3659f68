package dev.sluice.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The broker is a plain library on log-core. */
@AnalyzeClasses(
    packages = "dev.sluice.broker",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BrokerRulesTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.sluice.broker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule itKnowsTheLogAndItsCodec =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.broker..",
              "dev.sluice.log..",
              "org.apache.kafka..",
              "org.apache.commons.text..",
              "com.yammer.metrics..",
              "java..",
              "javax.crypto..",
              "javax.net..",
              "javax.security..",
              "org.slf4j..",
              "org.jspecify..",
              "com.fasterxml.jackson..");
}
