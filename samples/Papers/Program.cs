using System.CommandLine;
using Papers.Finetuning;
using Papers.PaperFigures;
using Papers.Running;
using Papers.TeacherStudent;

return await CommandLine.InvokeAsync(new RootCommand("Repeats the experiments of arXiv 2310.02396 and arXiv 2307.06887 on feature reuse.")
{
    FinetuningCommand.Create(), FiguresCommand.Create(), TeachersCommand.Create(),
}, args);
