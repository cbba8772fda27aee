package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.List;

/** The promises behind the cloud's modules, as arithmetic: no provider needed. */
final class CloudContract implements Validator {
    private static final String MODULE = "terraform/modules/contract";

    @Override
    public String name() {
        return "terraform-contract";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var terraform = Terraform.of(tree, tools);
        var notes = new Notes();
        terraform.format(notes);
        terraform.judge(MODULE, notes);
        return notes.verdict(terraform.tool(), "fmt of all; validate and test of " + MODULE);
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a detection that takes longer than three minutes",
                        MODULE + "/variables.tf",
                        "evaluation_count    = 3",
                        "evaluation_count    = 90"),
                new Mistake(
                        "a step that nobody counts",
                        MODULE + "/main.tf",
                        "dns_ttl      = var.detection.ttl_seconds",
                        "dns_ttl      = 0"),
                new Mistake(
                        "a witness without a vote",
                        MODULE + "/variables.tf",
                        "cidr = \"10.3.0.0/24\", votes = 1",
                        "cidr = \"10.3.0.0/24\", votes = 0"));
    }
}
