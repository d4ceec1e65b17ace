namespace Streams.Runtime.Tests.Simulation;

/// <summary>The judge is not blind: each mistake that others have made is found within a few schedules.</summary>
public sealed class PlantedMistakeTests
{
    private const int Enough = 2_000;

    [Theory]
    [InlineData(PlantedMistake.CommitsOnDelivery, CommitPolicy.Auto, ProcessingOrder.PerPartition)]
    [InlineData(PlantedMistake.CommitsOnDelivery, CommitPolicy.Manual, ProcessingOrder.PerPartition)]
    [InlineData(PlantedMistake.CommitsOverAnOlderGap, CommitPolicy.Async, ProcessingOrder.PerKey)]
    [InlineData(PlantedMistake.CommitsOverAnOlderGap, CommitPolicy.Sync, ProcessingOrder.Unordered)]
    [InlineData(PlantedMistake.CommitsOverAnOlderGap, CommitPolicy.Manual, ProcessingOrder.PerPartition)]
    [InlineData(PlantedMistake.CountsLateCompletions, CommitPolicy.Auto, ProcessingOrder.PerPartition)]
    [InlineData(PlantedMistake.CountsLateCompletions, CommitPolicy.Async, ProcessingOrder.Unordered)]
    [InlineData(PlantedMistake.ForgetsAFailedCommit, CommitPolicy.Sync, ProcessingOrder.PerPartition)]
    [InlineData(PlantedMistake.ForgetsAFailedCommit, CommitPolicy.Async, ProcessingOrder.PerKey)]
    [InlineData(PlantedMistake.StopsAtACompactionGap, CommitPolicy.Auto, ProcessingOrder.PerPartition)]
    [InlineData(PlantedMistake.StopsAtACompactionGap, CommitPolicy.Sync, ProcessingOrder.PerKey)]
    public void Schedules_WithAPlantedMistake_FindIt(PlantedMistake mistake, CommitPolicy policy, ProcessingOrder order)
        => Assert.NotNull(Schedules.FirstFailure(1, Enough, policy, order, mistake));

    // What makes a failure worth printing its seed: the same seed is the same life, step for step.
    [Theory]
    [InlineData(CommitPolicy.Auto, ProcessingOrder.PerPartition)]
    [InlineData(CommitPolicy.Sync, ProcessingOrder.PerKey)]
    [InlineData(CommitPolicy.Async, ProcessingOrder.Unordered)]
    [InlineData(CommitPolicy.Manual, ProcessingOrder.PerKey)]
    public void Schedule_OfTheSameSeed_IsTheSame(CommitPolicy policy, ProcessingOrder order)
    {
        for (var seed = 1; seed < 20; seed++)
        {
            var (first, second) = (new List<string>(), new List<string>());
            new Schedule(seed, policy, order, trace: first).Run();
            new Schedule(seed, policy, order, trace: second).Run();

            Assert.NotEmpty(first);
            Assert.Equal(first, second);
        }
    }
}
