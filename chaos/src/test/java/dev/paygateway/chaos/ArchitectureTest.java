package dev.paygateway.chaos;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/**
 * Goal: a judge that shares code with the accused repeats its bugs, so chaos knows no class of it.
 *
 * <p>Method: ArchUnit over our own classes, by package name; the enforcer bans the artefact, too.
 */
class ArchitectureTest {
    @Test
    void sharesNoCodeWithTheService() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.paygateway..")
                                .and(
                                        resideOutsideOfPackages(
                                                "dev.paygateway.chaos..",
                                                "dev.paygateway.client..")))
                .check(new ClassFileImporter().importPackages("dev.paygateway.chaos"));
    }
}
